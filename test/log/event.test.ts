import fc from 'fast-check';
import { finalizeEvent, getEventHash, verifiedSymbol, verifyEvent as verifyElsewhere } from 'nostr-tools/pure';
import { describe, expect, test } from 'vitest';
import { eventId, MAX_EVENT_BYTES, publicKeyOf, signEvent, verifyEvent } from '../../src/log/event.ts';
import type { EventTemplate } from '../../src/model/event.ts';

const ORG = 'ab'.repeat(16);
const secretKey = new Uint8Array(32).fill(7);
const template: EventTemplate = { created_at: 1_800_000_000, kind: 3914, tags: [['o', ORG]], content: '{"v":1}' };
const signed = signEvent(template, secretKey);
const copy = () => structuredClone(signed) as { -readonly [Key in keyof typeof signed]: (typeof signed)[Key] };

describe('signEvent', () => {
  test('makes an event that an independent implementation verifies', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (content) => {
        const event = signEvent({ ...template, content }, secretKey);
        return verifyElsewhere(structuredClone(event) as never) && getEventHash(event as never) === eventId(event);
      }),
      { numRuns: 20 },
    );
  });

  test('gives one template one signature', () => {
    expect(signEvent(template, secretKey)).toEqual(signed);
    expect(signed.pubkey).toBe(publicKeyOf(secretKey));
  });
});

describe('verifyEvent', () => {
  test('accepts its own events and those of an independent implementation', () => {
    const foreign = finalizeEvent({ ...template, tags: [['o', ORG]] }, secretKey);
    expect(verifyEvent(signed, ORG)).toEqual({ type: 'ok', event: signed });
    expect(verifyEvent(foreign, ORG).type).toBe('ok');
  });

  test('is not fooled by a verdict cached on a copied object', () => {
    const foreign = finalizeEvent({ ...template, tags: [['o', ORG]] }, secretKey);
    const tampered = { ...foreign, content: 'tampered' };
    expect((tampered as Record<symbol, unknown>)[verifiedSymbol]).toBe(true);
    expect(verifyEvent(tampered, ORG).type).toBe('invalid');
  });

  test('refuses every one-bit change of a valid event', () => {
    const text = JSON.stringify(signed);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(6), (at, bit) => {
        const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
        let value: unknown;
        try {
          value = JSON.parse(changed);
        } catch {
          return true;
        }
        return verifyEvent(value, ORG).type === 'invalid';
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['text', 'hello'],
    ['null', null],
    ['an upper-case id', { ...copy(), id: signed.id.toUpperCase() }],
    ['a fraction in created_at', { ...copy(), created_at: 1.5 }],
    ['a missing signature', { ...copy(), sig: undefined }],
    ['tags that are not lists', { ...copy(), tags: [{ 0: 'o' }] }],
    ['another organisation', signEvent({ ...template, tags: [['o', 'cd'.repeat(16)]] }, secretKey)],
    ['an expiration', signEvent({ ...template, tags: [...template.tags, ['expiration', '1']] }, secretKey)],
    ['a protected event', signEvent({ ...template, tags: [...template.tags, ['-']] }, secretKey)],
    ['a delegation', signEvent({ ...template, tags: [...template.tags, ['delegation', 'x']] }, secretKey)],
    ['more than 64 KiB', signEvent({ ...template, content: 'x'.repeat(MAX_EVENT_BYTES) }, secretKey)],
  ])('refuses %s and says why', (_, value) => {
    expect(verifyEvent(value, ORG)).toEqual({ type: 'invalid', reason: expect.stringMatching(/^[a-z].*[^.]$/) });
  });

  test('measures size in UTF-8 bytes, not characters', () => {
    const content = 'é'.repeat(40_000);
    expect(verifyEvent(signEvent({ ...template, content }, secretKey), ORG).type).toBe('invalid');
  });
});
