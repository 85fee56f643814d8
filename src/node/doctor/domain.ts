import { isIP } from 'node:net';

/** Second labels under which countries register names: co.uk, com.br. */
const SECOND_LEVEL = new Set(['ac', 'co', 'com', 'edu', 'gob', 'gov', 'gouv', 'net', 'ne', 'nom', 'or', 'org']);

/**
 * The registered domain of a host name: two labels, or three under such as com.br; null for IP addresses and names of this machine.
 * Under a provider's own domain (x.netlify.app) that is the provider's, which is just what falls together.
 */
export function domainOf(host: string): string | null {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0 || labels.length < 2) return null;
  const isSecond = labels.length > 2 && labels.at(-1)?.length === 2 && SECOND_LEVEL.has(labels.at(-2) ?? '');
  return labels.slice(isSecond ? -3 : -2).join('.');
}

/** `com` of `example.com`; `br` of `example.com.br`: one registry answers for both. */
export function topLevelOf(domain: string): string {
  return domain.slice(domain.lastIndexOf('.') + 1);
}

/** Networks that are usually one room: /24 of IPv4, /48 of IPv6. */
export function networkOf(address: string): string {
  if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail = ''] = address.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const full = address.includes('::') ? [...front, ...Array(8 - front.length - back.length).fill('0'), ...back] : front;
  return `${full
    .slice(0, 3)
    .map((group) => Number.parseInt(String(group), 16).toString(16))
    .join(':')}::/48`;
}

export function isLocal(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || /^127\./.test(host) || host === '::1' || host === '[::1]'
  );
}
