import { describe, expect, test } from 'vitest';
import { isRemote, shownRemote } from '../../../../src/node/publish/target/remote-name.ts';

describe('a target', () => {
  test.each([
    'second:',
    'second:status',
    's3-eu:bucket/status',
    ':s3,provider=AWS:bucket',
    'b2,hard_delete=true:x',
    'a b:c',
  ])('%s is an rclone remote', (to) => expect(isRemote(to, 'linux')).toBe(true));

  test.each(['/srv/status', './a:b', '../x', 'status', '/srv/a:b', 'folder/a:b', '~/x:y', '-x:y'])(
    '%s is a folder',
    (to) => expect(isRemote(to, 'linux')).toBe(false),
  );

  test('with one letter and a colon is a drive on Windows, and a remote elsewhere', () => {
    expect(isRemote('C:\\status', 'win32')).toBe(false);
    expect(isRemote('c:', 'win32')).toBe(false);
    expect(isRemote('c:status', 'linux')).toBe(true);
    expect(isRemote('second:status', 'win32')).toBe(true);
  });

  test('is shown without its parameters, which may hold keys', () => {
    expect(shownRemote(':s3,access_key_id=AKIA,secret_access_key="a:b":bucket/x')).toBe(':s3,…:bucket/x');
    expect(shownRemote('second,token=secret:status')).toBe('second,…:status');
    expect(shownRemote('second:status')).toBe('second:status');
  });
});
