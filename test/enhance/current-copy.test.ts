import { describe, expect, test } from 'vitest';
import { disowned, ended, found, NO_COPY, opened } from '../../src/enhance/current-copy.ts';
import { copyOf, NOW } from './copies.ts';

describe('what an open page shows', () => {
  test('is the device’s copy first, and a place’s as soon as one has given it', () => {
    const held = opened(NO_COPY, copyOf({ age: 60 }));
    expect(held).toMatchObject({ source: 'device', asked: false });
    const fresh = found(held, copyOf(), NOW);
    expect(fresh).toMatchObject({ source: 'origin', copy: copyOf() });
    expect(opened(fresh, copyOf({ age: 60 }))).toBe(fresh);
  });

  test('is the device’s again when a round finds nothing, and says why', () => {
    const fresh = found(NO_COPY, copyOf(), NOW);
    const after = ended(fresh, { confirmed: false, trouble: 'foreign', offset: null });
    expect(after).toMatchObject({ copy: copyOf(), source: 'device', trouble: 'foreign', asked: true });
    expect(found(after, copyOf({ age: 5 }), NOW)).toMatchObject({ source: 'origin', trouble: null });
  });

  test('has no trouble where a place gave a copy, whatever the others did', () => {
    const fresh = found(NO_COPY, copyOf({ host: 'mirror' }), NOW);
    const after = ended(fresh, { confirmed: true, trouble: null, offset: 5 });
    expect(after).toMatchObject({ source: 'mirror', trouble: null, offset: 5 });
    expect(ended(after, { confirmed: true, trouble: null, offset: null }).offset).toBe(5);
  });

  test('is not pushed out by a copy from the future, but gives way to it once it has run out itself', () => {
    const future = copyOf({ age: -86_400 });
    const live = found(NO_COPY, copyOf(), NOW);
    expect(found(live, future, NOW)).toBe(live);
    const old = found(NO_COPY, copyOf({ age: 3_600 }), NOW);
    expect(found(old, future, NOW).copy).toBe(future);
    expect(found(found(old, future, NOW), copyOf(), NOW).copy).toEqual(copyOf());
  });

  test('is nothing of a publisher who is none any more, and that is said unless something else was wrong already', () => {
    const shown = found(NO_COPY, copyOf(), NOW);
    expect(disowned(shown, null)).toMatchObject({ copy: null, source: 'device', trouble: 'invalid' });
    const instead = copyOf({ publisher: 'b', age: 60 });
    expect(disowned({ ...shown, trouble: 'unreachable' }, instead)).toMatchObject({
      copy: instead,
      trouble: 'unreachable',
    });
  });
});
