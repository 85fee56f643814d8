import { once } from 'node:events';
import { connect } from 'node:net';

/** Just enough of MQTT 3.1.1 at QoS 1 to do the same work as a relay's client. */
export interface MqttClient {
  publish(topic: string, text: string, accepted: () => void): void;
  /** Resolves when the server has confirmed it; each message is acknowledged. */
  subscribe(topic: string, hear: () => void): Promise<void>;
  close(): void;
}

/** Packet types with the flags that the standard demands. */
const PACKET = { connect: 0x10, accepted: 0x20, publish: 0x32, published: 0x40, subscribe: 0x82, subscribed: 0x90 };

/** `isDurable` asks for a session that keeps messages while its client is away. */
export async function openMqtt(port: number, name: string, isDurable: boolean): Promise<MqttClient> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const waiting = new Map<number, () => void>();
  let hear: () => void = () => undefined;
  let answer: (type: number) => void = () => undefined;
  let rest: Buffer = Buffer.alloc(0);
  let lastId = 0;

  socket.on('data', (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    for (let packet = takePacket(rest); packet !== undefined; packet = takePacket(rest)) {
      rest = rest.subarray(packet.end);
      receive(packet.type, packet.body);
    }
  });

  function receive(type: number, body: Buffer): void {
    if (type === PACKET.published) {
      const id = body.readUInt16BE(0);
      const accepted = waiting.get(id);
      waiting.delete(id);
      accepted?.();
    } else if ((type & 0xf0) === (PACKET.publish & 0xf0)) {
      const at = 2 + body.readUInt16BE(0);
      socket.write(packetOf(PACKET.published, body.subarray(at, at + 2)));
      hear();
    } else answer(type);
  }

  function answered(wanted: number): Promise<void> {
    return new Promise((resolve, reject) => {
      answer = (type) => (type === wanted ? resolve() : reject(new Error(`mosquitto answered with packet ${type}.`)));
    });
  }

  const connected = answered(PACKET.accepted);
  const flags = Buffer.from([4, isDurable ? 0 : 2, 0, 0]);
  socket.write(packetOf(PACKET.connect, textOf('MQTT'), flags, textOf(name)));
  await connected;
  return {
    publish: (topic, text, accepted) => {
      lastId = (lastId % 65_535) + 1;
      waiting.set(lastId, accepted);
      socket.write(packetOf(PACKET.publish, textOf(topic), numberOf(lastId), Buffer.from(text)));
    },
    subscribe: async (topic, listener) => {
      hear = listener;
      const confirmed = answered(PACKET.subscribed);
      socket.write(packetOf(PACKET.subscribe, numberOf(1), textOf(topic), Buffer.from([1])));
      await confirmed;
    },
    close: () => socket.destroy(),
  };
}

function numberOf(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function textOf(text: string): Buffer {
  return Buffer.concat([numberOf(Buffer.byteLength(text)), Buffer.from(text)]);
}

function packetOf(type: number, ...parts: readonly Buffer[]): Buffer {
  const head = [type];
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  do {
    head.push((length & 127) | (length > 127 ? 128 : 0));
    length >>= 7;
  } while (length > 0);
  return Buffer.concat([Buffer.from(head), ...parts]);
}

/** The first whole packet in `data`. */
function takePacket(data: Buffer): { type: number; body: Buffer; end: number } | undefined {
  let length = 0;
  for (let at = 1; at < Math.min(data.length, 5); at++) {
    const byte = data[at] ?? 0;
    length |= (byte & 127) << (7 * (at - 1));
    if (byte > 127) continue;
    const end = at + 1 + length;
    return data.length < end ? undefined : { type: data[0] ?? 0, body: data.subarray(at + 1, end), end };
  }
  return undefined;
}
