import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Networks such as `10.0.0.0/8` or single addresses; undefined where one cannot be read. */
export function parseNetworks(texts: readonly string[]): BlockList | undefined {
  const networks = new BlockList();
  for (const text of texts) {
    const [address = '', length] = text.split('/');
    const version = isIP(address);
    const bits = Number(length ?? (version === 6 ? 128 : 32));
    if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > (version === 6 ? 128 : 32)) return undefined;
    networks.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4');
  }
  return networks;
}

/** Who is at the other end: the socket's address, or behind believed proxies the last one that is not a proxy. */
export function clientAddress(request: IncomingMessage, behind: BlockList): string {
  const header = request.headers['x-forwarded-for'];
  const forwarded = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => plain(part.trim()));
  let address = plain(request.socket.remoteAddress ?? '');
  while (isIn(behind, address)) {
    const next = forwarded.pop();
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  }
  return address;
}

/** IPv4 in IPv6 clothes (`::ffff:10.0.0.1`) is the same machine. */
function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

function isIn(networks: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && networks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
