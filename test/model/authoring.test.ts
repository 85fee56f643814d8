import { describe, expect, test } from 'vitest';
import { isBlank, isLikely, mayFollow, nameFault } from '../../src/model/authoring.ts';

test.each([
  ['nothing', ''],
  ['spaces of every kind', ' \t\n\u00a0\u2003\u3000'],
  ['what joins or keeps apart', '\u200b\u200d\u2060\ufeff\u00ad'],
  ['marks of direction', '\u200e\u202e\u2066'],
  ['fillers and blanks that count as letters', '\u3164\u115f\uffa0\u2800'],
  ['marks without a letter, and tags', '\ufe0f\u034f\u{e0041}'],
  ['controls', '\u0007\u007f\u0085'],
])('a text is blank where it is only %s', (_, text) => {
  expect([isBlank(text), nameFault(text)]).toEqual([true, 'blank']);
});

test('a text is not blank where there is anything to see, invisible joiners or not', () => {
  expect(['.', '\u2066a\u2069', '\u{1f469}\u200d\u{1f680}', '\u0645\u200c\u06cc', '\u200b-'].filter(isBlank)).toEqual(
    [],
  );
});

describe('a name', () => {
  test('is one line without control characters', () => {
    const broken = ['a\nb', 'a\tb', 'a\u0000b', 'a\u001b[31m', 'a\u007f', 'a\u0085b', 'a\u2028b'];
    expect(broken.map(nameFault)).toEqual(broken.map(() => 'lines'));
    expect(nameFault('Pagos \u2014 \u062f\u0641\u0639 \u{1f6a8}')).toBeNull();
  });

  test('has no mark that turns the order of what stands around it; those within a script may stand', () => {
    const turning = ['a\u202eb', '\u2066a\u2069', 'a\u202a', '\u2068a'];
    expect(turning.map(nameFault)).toEqual(turning.map(() => 'lines'));
    expect(nameFault('\u200f\u062f\u0641\u0639 API')).toBeNull();
  });

  test('has at most 200 characters', () => {
    expect([nameFault('a'.repeat(200)), nameFault('a'.repeat(201))]).toEqual([null, 'long']);
  });
});

test('a time lies in the years 2000 to 2100', () => {
  const far = [
    '0001-01-01T00:00:00.000Z',
    '1999-12-31T23:59:59.999Z',
    '2101-01-01T00:00:00.000Z',
    '+012026-01-01T00:00:00.000Z',
  ];
  expect(far.filter(isLikely)).toEqual([]);
  expect(['2000-01-01T00:00:00.000Z', '2100-12-31T23:59:59.999Z'].every(isLikely)).toBe(true);
});

test('a maintenance that is over stays as it ended; any other goes anywhere', () => {
  expect(mayFollow('completed', 'in_progress')).toBe(false);
  expect(mayFollow('cancelled', 'scheduled')).toBe(false);
  expect(mayFollow('completed', 'cancelled')).toBe(false);
  expect([mayFollow('completed', 'completed'), mayFollow('verifying', 'in_progress')]).toEqual([true, true]);
});
