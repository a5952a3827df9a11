// Starts test/fuzz/main.ts, which gives the product unexpected inputs: see CONTRIBUTING.md.
require('./register-typescript.cjs');
require('../test/fuzz/main.ts');
