import { parentPort } from 'node:worker_threads';
import type { SignedEvent } from '../../model/event.ts';
import { fastVerify } from '../fast-verify.ts';

/** One event as JSON, and the organisation that it must belong to. */
export interface Question {
  readonly json: string;
  readonly org: string | undefined;
}

/** In the order of the questions: null for a valid event, else why it is none. */
export type Answers = readonly (string | null)[];

const verify = await fastVerify();
parentPort?.on('message', (questions: readonly Question[]) => {
  const answers = questions.map(({ json, org }) => {
    const verified = verify(JSON.parse(json) as SignedEvent, org);
    return verified.type === 'ok' ? null : verified.reason;
  });
  parentPort?.postMessage(answers satisfies Answers);
});
