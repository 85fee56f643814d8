/** Says one thing that happened: a sentence for a person, or one line of JSON for a program. */
export type Tell = (sentence: string, data: Readonly<Record<string, unknown>>) => void;

/** Time of day before each sentence; with `json`, the data alone. */
export function teller(json: boolean, now: () => number): Tell {
  return (sentence, data) => {
    const at = new Date(now()).toISOString();
    process.stdout.write(json ? `${JSON.stringify({ ...data, at })}\n` : `${at.slice(11, 19)}  ${sentence}\n`);
  };
}
