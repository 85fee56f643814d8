import { describe, expect, test } from 'vitest';
import { createIndex } from '../../src/stores/search.ts';

describe('searching runbooks', () => {
  const index = createIndex();
  index.add({
    id: 'lag',
    title: 'Ledger consumer lag',
    alerts: 'LedgerConsumerLag',
    services: 'ledger',
    text: 'Kafka',
  });
  index.add({
    id: 'dns',
    title: 'Zone transfer',
    alerts: 'DnsZoneStale',
    services: 'edge',
    text: 'The ledger is fine.',
  });
  index.add({ id: 'zh', title: '支付延迟', alerts: '', services: '', text: '含义 影响 诊断' });

  test('finds an alert by its whole name, by a part of it and by the start of a word', () => {
    for (const query of ['LedgerConsumerLag', 'consumer lag', 'ledg cons']) expect(index.find(query)[0]).toBe('lag');
  });

  test('forgives a typing error', () => {
    expect(index.find('legder')[0]).toBe('lag');
    expect(index.find('conumer')).toEqual(['lag']);
  });

  test('prefers the title to the text, and wants every word', () => {
    expect(index.find('ledger')).toEqual(['lag', 'dns']);
    expect(index.find('ledger kafka')).toEqual(['lag']);
    expect(index.find('ledger submarine')).toEqual([]);
  });

  test('finds words in other scripts', () => {
    expect(index.find('支付')).toEqual(['zh']);
  });

  test('replaces a runbook that changed', () => {
    index.add({ id: 'dns', title: 'Zone transfer', alerts: '', services: '', text: 'Now about submarines.' });
    expect(index.find('submarines')).toEqual(['dns']);
    expect(index.find('DnsZoneStale')).toEqual([]);
  });
});
