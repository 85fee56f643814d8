import { expect, test } from 'vitest';
import { copyText } from '../../../src/node/content/copy-text.ts';

test.each([
  ['a single prompt', 'sh', '$ oc get pods', 'oc get pods'],
  ['sample output below a command', 'console', '$ df -h /\nFilesystem  Size\n/dev/sda1   20G', 'df -h /'],
  ['several commands', 'bash', '$ a\n$ b', 'a\nb'],
  ['the prompt of root in a session', 'console', '$ oc debug node/x\n# chroot /host', 'oc debug node/x\nchroot /host'],
  ['a fence of root commands alone', 'sh', '# systemctl restart kubelet', 'systemctl restart kubelet'],
  ['a prompt with a name before it', 'console', '[core@node ~]$ ls\nsh-5.1# exit', 'ls\nexit'],
  [
    'a command that goes on after a backslash',
    'sh',
    '$ oc get pods \\\n    -n default\nNAME',
    'oc get pods \\\n    -n default',
  ],
  [
    'a command with an open quote',
    'sh',
    '$ oc patch x -p \'{\n  "a": 1\n}\'\npatched',
    'oc patch x -p \'{\n  "a": 1\n}\'',
  ],
  ['a here-document', 'bash', '$ cat <<EOF\n$ not a prompt\nEOF\ndone', 'cat <<EOF\n$ not a prompt\nEOF'],
  ['no language named', null, '$ uptime\n 10:00 up', 'uptime'],
])('copies what is typed: %s', (_, language, text, copied) => {
  expect(copyText(text, language)).toBe(copied);
});

test.each([
  ['a script with comments', 'bash', '# first this\nmake\n# then that\nmake install'],
  ['another language', 'promql', '$ is no prompt here'],
  ['a comment where no language is named', null, '# a heading in some file'],
])('copies all of it: %s', (_, language, text) => {
  expect(copyText(text, language)).toBe(text);
});
