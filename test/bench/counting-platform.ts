import { nodePlatform } from '../../src/node/platform.ts';
import type { Platform } from '../../src/platform.ts';

export interface Traffic {
  /** Bytes of text sent and received, as WebSocket frames carry them. */
  up: number;
  down: number;
  /** Messages of the comparison alone (NEG-OPEN and NEG-MSG). */
  rounds: number;
  comparisonUp: number;
  comparisonDown: number;
}

/** The platform of Node, with everything counted that goes over its sockets. */
export function countingPlatform(): { platform: Platform; traffic: Traffic } {
  const traffic: Traffic = { up: 0, down: 0, rounds: 0, comparisonUp: 0, comparisonDown: 0 };
  const platform: Platform = {
    ...nodePlatform,
    socket: (url, handlers) => {
      const socket = nodePlatform.socket(url, {
        ...handlers,
        message: (text) => {
          traffic.down += Buffer.byteLength(text);
          if (text.startsWith('["NEG-MSG"')) traffic.comparisonDown += Buffer.byteLength(text);
          handlers.message(text);
        },
      });
      return {
        close: () => socket.close(),
        get buffered() {
          return socket.buffered;
        },
        send: (text) => {
          const bytes = Buffer.byteLength(text);
          traffic.up += bytes;
          if (/^\["NEG-(OPEN|MSG)"/.test(text)) {
            traffic.rounds += 1;
            traffic.comparisonUp += bytes;
          }
          socket.send(text);
        },
      };
    },
  };
  return { platform, traffic };
}
