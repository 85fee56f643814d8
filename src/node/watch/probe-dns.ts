import { Resolver } from 'node:dns/promises';
import type { DnsProbe } from '../../model/site.ts';
import { down, type Finding, untried, up } from './finding.ts';

/** Whether the name resolves, to what is expected. `servers` stand in for those of the system. */
export async function probeDns(probe: DnsProbe, signal: AbortSignal, servers?: readonly string[]): Promise<Finding> {
  const resolver = new Resolver({ timeout: probe.deadline_ms, tries: 1 });
  if (servers) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const found = await answers(resolver, probe);
    if (found.length === 0) return down('There is no such record.');
    if (probe.expect === null) return up(`${found.length} ${probe.type} record${found.length === 1 ? '' : 's'}.`);
    return found.includes(probe.expect) ? up('The expected record is there.') : down('The expected record is missing.');
  } catch (error) {
    return refusal((error as NodeJS.ErrnoException).code ?? '');
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function answers(resolver: Resolver, { name, type }: DnsProbe): Promise<string[]> {
  switch (type) {
    case 'A':
      return resolver.resolve4(name);
    case 'AAAA':
      return resolver.resolve6(name);
    case 'CNAME':
      return resolver.resolveCname(name);
    case 'NS':
      return resolver.resolveNs(name);
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ exchange }) => exchange);
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''));
  }
}

/** A resolver that is silent or refuses may be our own; what the name's servers say is theirs. */
function refusal(code: string): Finding {
  if (code === 'ENOTFOUND') return down('The name does not exist.');
  if (code === 'ENODATA') return down('There is no such record.');
  if (code === 'ESERVFAIL') return down("The name's servers fail.");
  return untried(`The resolver did not help (${code || 'no reason given'}).`);
}
