import type { Block } from '../../vault/document.ts';

/** Programs whose first word in a command says what must be up to follow it. */
const PROGRAMS: ReadonlyMap<string, string> = new Map([
  ['aws', 'aws'],
  ['gcloud', 'gcloud'],
  ['gsutil', 'gcloud'],
  ['az', 'azure'],
  ['kubectl', 'kubectl'],
  ['helm', 'kubectl'],
  ['oc', 'oc'],
  ['virtctl', 'kubectl'],
  ['psql', 'psql'],
  ['mysql', 'mysql'],
  ['ssh', 'ssh'],
  ['docker', 'docker'],
]);

/** What the commands of a runbook show that it needs, where nobody has written it down. */
export function needsOf(blocks: readonly Block[]): readonly string[] {
  return [...new Set(blocks.flatMap(programs))].sort();
}

function programs(block: Block): readonly string[] {
  if (block.type === 'list') return block.items.flatMap((item) => item.children.flatMap(programs));
  if (block.type === 'quote') return block.children.flatMap(programs);
  if (block.type !== 'command') return [];
  const first = block.copy
    .split('\n')
    .flatMap((line) => line.split('|'))
    .map((part) => part.trim().split(/\s+/)[0] ?? '');
  return first.flatMap((word) => PROGRAMS.get(word) ?? []);
}
