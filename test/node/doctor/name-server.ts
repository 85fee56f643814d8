import { createSocket } from 'node:dgram';

const [A, NS] = [1, 2];
const NO_SUCH_NAME = 3;

/** Name → its records: addresses (A) or name servers (NS). */
export interface Zone {
  readonly [name: string]: { readonly a?: readonly string[]; readonly ns?: readonly string[] };
}

/** A DNS server on this machine for these names; any other does not exist, and `silent.` names get no answer. */
export async function startNameServer(zone: Zone): Promise<{ readonly address: string; close(): Promise<void> }> {
  const server = createSocket('udp4');
  server.on('message', (question, from) => {
    const reply = answer(question, zone);
    if (reply !== undefined) server.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(question: Buffer, zone: Zone): Buffer | undefined {
  const end = question.indexOf(0, 12) + 5;
  const name = nameIn(question);
  if (name.startsWith('silent.')) return undefined;
  const type = question.readUInt16BE(end - 4);
  const records = zone[name];
  const values = type === A ? records?.a : type === NS ? records?.ns : undefined;
  const data = (values ?? []).map((value) => (type === A ? Buffer.from(value.split('.').map(Number)) : labels(value)));
  const reply = Buffer.from(question.subarray(0, end));
  reply.writeUInt16BE(0x8180 | (records === undefined ? NO_SUCH_NAME : 0), 2);
  reply.fill(0, 6, 12);
  reply.writeUInt16BE(data.length, 6);
  return Buffer.concat([reply, ...data.map((bytes) => record(type, bytes))]);
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, data]);
}

function nameIn(question: Buffer): string {
  const found: string[] = [];
  for (let at = 12; (question[at] ?? 0) > 0; at += (question[at] ?? 0) + 1)
    found.push(question.subarray(at + 1, at + 1 + (question[at] ?? 0)).toString());
  return found.join('.').toLowerCase();
}

function labels(name: string): Buffer {
  const pieces = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...pieces, Buffer.from([0])]);
}
