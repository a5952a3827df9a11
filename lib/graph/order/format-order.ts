import { printable } from '../../findings/printable';
import { formatSeconds } from '../../plain/duration';
import type { Order, OrderStep } from './order';

/** Prints an order as text: the waves, what waits for what, the longest chain, loops and what they block. */
export function formatOrder(order: Order): string {
  const lines = [`cluster ${order.cluster}`];
  order.waves.forEach((steps, wave) => {
    lines.push('', `wave ${wave} (${steps.length === 1 ? '1 step' : `${steps.length} in parallel`})`);
    for (const step of steps) lines.push(...formatStep(step));
  });
  const { steps, seconds, secondsWithRetry } = order.longestChain;
  if (steps.length > 0) {
    lines.push(
      '',
      `longest chain: ${countOf(steps.length)}, up to ${formatSeconds(seconds)}; ${formatSeconds(secondsWithRetry)} if each step fails once`,
    );
    lines.push(`  ${steps.map(shortId).join(' -> ')}`);
  }
  for (const { nodes, throughParent } of order.cycles) {
    const loop = [...nodes, nodes[0] ?? ''].map(shortId).join(' -> ');
    const why = throughParent ? 'a parent waits for what it applies' : 'each waits for the next';
    lines.push('', `never starts: ${loop} (${why})`);
  }
  if (order.neverReady.length > 0) lines.push('', 'never becomes ready');
  for (const { id, reason } of order.neverReady) lines.push(`  ${shortId(id)}: ${reasons[reason]}`);
  if (order.blocked.length > 0) lines.push('', 'never starts, because what it waits for never becomes ready');
  for (const { id, on } of order.blocked) lines.push(`  ${shortId(id)} for ${on.map(shortId).join(', ')}`);
  return `${lines.map(printable).join('\n')}\n`;
}

const reasons: Readonly<Record<Order['neverReady'][number]['reason'], string>> = {
  'path-missing': 'its path does not exist',
  'source-missing': 'nothing applies its source',
  'build-refused': 'its build fails',
  'crd-missing': 'nothing installs the CRD of an object that it applies',
  suspended: 'it is suspended',
};

function formatStep(step: OrderStep): string[] {
  const readiness = {
    wait: 'ready when everything it applies is ready',
    'health-checks': 'ready when its health checks pass',
    release: 'ready when its release is ready',
    applied: 'ready once applied',
  }[step.ready];
  const lines = [`  ${shortId(step.id)}: ${readiness} (timeout ${formatSeconds(step.timeoutSeconds)})`];
  for (const wait of step.waits) {
    if (wait.why === 'parent') lines.push(`    after ${shortId(wait.on)} has applied it`);
    else {
      const until = wait.until === 'ready' ? 'is ready' : 'is applied (it does not wait for readiness)';
      const more = wait.isUnseen ? ', which nothing in this repository applies' : '';
      lines.push(
        `    after ${shortId(wait.on)} ${until}${wait.sameRevision ? ', on the same revision' : more}`,
      );
    }
  }
  return lines;
}

function countOf(steps: number): string {
  return steps === 1 ? '1 step' : `${steps} steps`;
}

/** A node's id, without its kind if it is a Kustomization: `flux-system/apps`. */
function shortId(id: string): string {
  const [kind = '', ...rest] = id.split('/');
  const name = rest.join('/').replace(/^\//, '');
  return kind === 'Kustomization' ? name : `${kind} ${name}`;
}
