import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { Step } from '../../log/published/steps.ts';

/** Why a step is not right, in one sentence; null where it is. */
export function whyOf({ result, why }: Step, words: VerifyMessages): string | null {
  if (result === 'right') return null;
  if (why === null) return words.why.rests;
  if (why.type === 'unread') return words.why[why.reason](`/${why.file}`);
  const { file, line, code, detail } = why;
  const place = line === null ? `/${file}` : words.why.line(`/${file}`, String(line));
  return `${place}: ${words.faults[code](words.reasons[detail] ?? detail)}.`;
}
