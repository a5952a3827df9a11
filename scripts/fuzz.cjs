// Starts test/fuzz/main.ts, which gives the product inputs that nobody expects: see CONTRIBUTING.md.
require('./register-typescript.cjs');
require('../test/fuzz/main.ts');
