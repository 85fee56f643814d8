import { strayOption } from '../options.ts';
import { PlainError } from '../plain-error.ts';
import type { PostValues } from './post-usage.ts';

/** What one run of `post` does. */
export type Deed = 'incident' | 'maintenance' | 'correct' | 'retract' | 'set' | 'approve' | 'override';

const INSTEAD = ['maintenance', 'correct', 'retract', 'set', 'approve', 'override'] as const;
const UPDATE = ['name', 'status', 'impact', 'component', 'text', 'lang', 'translation', 'name-translation'] as const;

type Part = (typeof UPDATE)[number] | 'from' | 'until' | 'template' | 'at' | 'reason';

/** The options that belong to each; another one would be silently without effect. */
const PARTS: Readonly<Record<Deed, readonly Part[]>> = {
  incident: [...UPDATE, 'template', 'at'],
  maintenance: [...UPDATE, 'template', 'at', 'from', 'until'],
  correct: ['text', 'lang', 'translation'],
  retract: ['reason'],
  set: [],
  approve: [],
  override: ['reason'],
};
const ALL: readonly Part[] = [...PARTS.maintenance, 'reason'];

/** Which deed is asked for. @throws PlainError where there are two, or an option goes with another. */
export function deedOf(values: PostValues, words: readonly string[]): Deed {
  const asked = (['incident', ...INSTEAD] as const).filter((deed) => values[deed] !== undefined);
  const [deed = 'incident', other] = asked;
  if (other !== undefined) throw new PlainError(`Give --${deed} or --${other}, not both.`);
  const stray = strayOption(values, ALL, PARTS[deed]);
  if (stray !== undefined) throw new PlainError(`--${stray} does not go with --${deed}; see "lifeboat post --help".`);
  if (words.length > 0 && !PARTS[deed].includes('text'))
    throw new PlainError(`--${deed} takes no text; quote what belongs to one option.`);
  if (words.length > 0 && values.text !== undefined)
    throw new PlainError(`"${words[0]}" stands beside --text; quote what belongs to one option.`);
  return deed;
}
