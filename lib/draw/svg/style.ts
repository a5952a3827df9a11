import type { NodeType } from '../../graph/graph';
import { typeColours } from '../theme';

const light = {
  paper: '#ffffff',
  frame: '#fafbfc',
  band: '#f1f4f7',
  card: '#ffffff',
  ink: '#1c2128',
  soft: '#5d6673',
  line: '#d3d9e0',
  thread: '#b4bdc9',
  cord: '#55606f',
  alarm: '#c62f2f',
  warn: '#9a6700',
  note: '#2458c5',
  good: '#1a7f37',
};
const dark: typeof light = {
  paper: '#0e1218',
  frame: '#131820',
  band: '#191f29',
  card: '#1d2430',
  ink: '#e8edf3',
  soft: '#97a3b3',
  line: '#343e4c',
  thread: '#4b5767',
  cord: '#a3afbf',
  alarm: '#ff7b72',
  warn: '#e0a94d',
  note: '#7aa7ff',
  good: '#56d364',
};

const types = Object.entries(typeColours) as [NodeType, (typeof typeColours)[NodeType]][];

function variables(colours: typeof light, ink: 'ink' | 'darkInk'): string {
  const own = Object.entries(colours).map(([name, value]) => `--${name}:${value}`);
  return [...own, ...types.map(([type, value]) => `--${type}:${value[ink]}`)].join(';');
}

/** The colours of pictures and pages as variables, light and dark; on paper they are light. */
export const colourStyle = [
  `:root{color-scheme:light dark;${variables(light, 'ink')}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${variables(dark, 'darkInk')}}}`,
].join('\n');

/** The same colours for a page whose reader chose between light and dark. */
export const darkStyle = [
  `@media screen{:root[data-theme=dark]{color-scheme:dark;${variables(dark, 'darkInk')}}`,
  `:root[data-theme=light]{color-scheme:light;${variables(light, 'ink')}}}`,
].join('\n');

/** How the parts of a picture look. */
export const pictureStyle = [
  '.picture{font-family:Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}',
  '.picture text{fill:var(--ink)}',
  '.paper{fill:var(--paper)}',
  '.frame{fill:var(--frame);stroke:var(--line)}',
  '.band{fill:var(--band)}',
  '.picture .wave{fill:var(--soft);font-size:11px;font-weight:600;letter-spacing:.04em}',
  '.picture .cluster-name{font-size:15px;font-weight:650}',
  '.picture .entry{fill:var(--soft);font-size:11px;font-weight:400}',
  '.layer rect{fill:none;stroke:var(--thread);stroke-dasharray:2 4}',
  '.picture .layer text{fill:var(--soft);font-size:11px;font-weight:600}',
  '.card{fill:var(--card);stroke:var(--line)}',
  '.strip{fill:var(--type)}',
  '.picture .name{font-size:12.5px;font-weight:600}',
  '.picture .small .name{font-size:11.5px;font-weight:500}',
  '.picture .about{fill:var(--soft);font-size:10.5px}',
  '.picture .kind{fill:var(--type)}',
  '.missing .card{stroke:var(--soft);stroke-dasharray:4 3}',
  '.edge{fill:none;stroke:var(--thread);stroke-width:1.1}',
  '.edge+.tip{fill:var(--thread)}',
  '.edge.depends-on{stroke:var(--cord);stroke-width:1.7}',
  '.edge.depends-on+.tip{fill:var(--cord)}',
  '.edge.reference{stroke-dasharray:2 3}',
  '.edge.trouble{stroke:var(--alarm);stroke-width:2}',
  '.edge.trouble.of-missing{stroke-dasharray:5 4}',
  '.edge.trouble+.tip{fill:var(--alarm)}',
  '.edge.added{stroke:var(--good)}.edge.removed{stroke:var(--alarm);stroke-dasharray:1 3}',
  '.added .card{stroke:var(--good);stroke-width:2}',
  '.changed .card{stroke:var(--warn);stroke-width:2}',
  '.removed .card{stroke:var(--alarm);stroke-width:2;stroke-dasharray:2 3}',
  '.removed .name{text-decoration:line-through}',
  '.trouble-missing .card,.trouble-cycle .card{stroke:var(--alarm);stroke-width:2}',
  '.badge.error{fill:var(--alarm)}.badge.warning{fill:var(--warn)}.badge.info{fill:var(--note)}',
  '.badge.added{fill:var(--good)}.badge.changed{fill:var(--warn)}.badge.removed{fill:var(--alarm)}',
  '.picture .badge-text{fill:var(--paper);font-size:10px;font-weight:700}',
  '.picture .legend{fill:var(--soft);font-size:11px}',
  ...types.map(([type]) => `.${type}{--type:var(--${type})}`),
].join('\n');
