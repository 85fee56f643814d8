import type { Platform } from '../../platform.ts';

/** Ids of the events that went over one relay's connections since the command began. */
interface Traffic {
  /** It says that it stored them, and that it did not have them before. */
  readonly sent: ReadonlySet<string>;
  /** They came from it, known or new. */
  readonly fetched: ReadonlySet<string>;
}

const SENT = /^\["OK","([0-9a-f]{64})",true,"(?!duplicate:)/;
// A quote inside a text is escaped in JSON, so only the key itself looks like this.
const FETCHED = /^\["EVENT",.*?"id":"([0-9a-f]{64})"/s;

/** Listens to what goes over each relay's sockets; `of` takes its address. */
export function countTraffic(platform: Platform): { readonly platform: Platform; of(relay: string): Traffic } {
  const heard = new Map<string, { readonly sent: Set<string>; readonly fetched: Set<string> }>();
  const of = (relay: string) => {
    const known = heard.get(relay) ?? { sent: new Set<string>(), fetched: new Set<string>() };
    heard.set(relay, known);
    return known;
  };
  const socket: Platform['socket'] = (relay, handlers) =>
    platform.socket(relay, {
      ...handlers,
      message: (text) => {
        const sent = SENT.exec(text)?.[1];
        const fetched = sent === undefined ? FETCHED.exec(text)?.[1] : undefined;
        if (sent !== undefined) of(relay).sent.add(sent);
        if (fetched !== undefined) of(relay).fetched.add(fetched);
        handlers.message(text);
      },
    });
  return { platform: { ...platform, socket }, of };
}
