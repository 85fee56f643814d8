// A thread of the browser's that checks what a page was given, so that the page stays free. It decides nothing else.
import { loadCalendars } from './calendars.ts';
import { type CheckAnswer, type CheckQuestion, checks } from './checks.ts';

loadCalendars();

addEventListener('message', ({ data }: MessageEvent<CheckQuestion>) => void answer(data));

async function answer({ ticket, name, given }: CheckQuestion): Promise<void> {
  const check = checks[name] as (...given: readonly unknown[]) => unknown;
  const answered = await Promise.resolve(check(...given)).then(
    (answer): CheckAnswer => ({ ticket, type: 'answer', answer }),
    (error): CheckAnswer => ({ ticket, type: 'failure', reason: String(error) }),
  );
  postMessage(answered);
}
