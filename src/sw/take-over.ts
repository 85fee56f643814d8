/** What the waiting worker needs of an open window (a `WindowClient`). */
interface OpenWindow {
  readonly url: string;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** A tab that is frozen or too busy to answer within this gives no word, and its silence is no consent. */
const WORD_MS = 2_000;

/**
 * Whether a new version may take over now. A public page has nothing to lose; every open bridge must say that nothing is
 * being written in it and that it shows no open incident.
 */
export async function mayTakeOver(windows: readonly OpenWindow[]): Promise<boolean> {
  const words = await Promise.all(windows.filter(isBridge).map(wordOf));
  return words.every((word) => word);
}

function isBridge({ url }: OpenWindow): boolean {
  return new URL(url).pathname.startsWith('/bridge');
}

function wordOf(window: OpenWindow): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(false), WORD_MS);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      resolve(data === true);
    };
    window.postMessage({ type: 'may-take-over' }, [port2]);
  });
}
