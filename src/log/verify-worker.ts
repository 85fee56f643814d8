// A thread of the browser's that checks signatures, so that the page stays free. It decides nothing else.
import { verifyEvent } from './event.ts';
import type { VerifyJob, VerifyVerdict } from './verify-pool.ts';

addEventListener('message', ({ data }: MessageEvent<readonly VerifyJob[]>) => {
  const verdicts = data.map(({ ticket, event, org }): VerifyVerdict => {
    const verified = verifyEvent(event, org);
    return { ticket, reason: verified.type === 'ok' ? null : verified.reason };
  });
  postMessage(verdicts);
});
