/** Says one thing that happened: a sentence for a person, or one line of JSON for a program. */
export type Tell = (sentence: string, data: Readonly<Record<string, unknown>>) => void;

/** Time of day before each sentence. */
export function sentenceTeller(now: () => number): Tell {
  return (sentence) => process.stdout.write(`${timeOf(now).slice(11, 19)}  ${sentence}\n`);
}

/** The data alone. What happens before `ready` is said waits for it: programs read that line first. */
export function jsonTeller(now: () => number): { readonly tell: Tell; readonly ready: (data: object) => void } {
  let waiting: string[] | undefined = [];
  const print = (line: string) => process.stdout.write(`${line}\n`);
  return {
    tell: (_, data) => {
      const line = JSON.stringify({ ...data, at: timeOf(now) });
      if (waiting === undefined) print(line);
      else waiting.push(line);
    },
    ready: (data) => {
      for (const line of [JSON.stringify(data), ...(waiting ?? [])]) print(line);
      waiting = undefined;
    },
  };
}

function timeOf(now: () => number): string {
  return new Date(now()).toISOString();
}
