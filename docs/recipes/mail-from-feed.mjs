#!/usr/bin/env node
// Turns the updates of a Lifeboat page into e-mail, with the mail sender that this machine already has. See mail-from-feed.md.
//   node mail-from-feed.mjs <https://…/feed.json> <file with one address a line> <file that remembers what was sent> <from>
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const [feed, list, memory, from] = process.argv.slice(2);
if (from === undefined) fail('usage: mail-from-feed.mjs <feed.json> <addresses> <memory> <from>');
const sendmail = process.env.SENDMAIL ?? '/usr/sbin/sendmail';

const answer = await fetch(feed, { signal: AbortSignal.timeout(20_000) }).catch((error) =>
  fail(`${feed}: ${error.message}`),
);
if (!answer.ok) fail(`${feed} answered ${answer.status}; nothing was sent.`);
const { title, items } = await answer.json().catch(() => fail(`${feed} is no JSON; nothing was sent.`));
if (!Array.isArray(items)) fail(`${feed} is no JSON Feed; nothing was sent.`);
const isFirst = !existsSync(memory);
const sent = new Set(isFirst ? items.map(({ id }) => id) : readFileSync(memory, 'utf8').split('\n'));
const addresses = readFileSync(list, 'utf8')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => /^[^\s@<>,"]+@[^\s@<>,"]+$/.test(line));

// Oldest first; each is remembered once all have been handed over, so that a crash sends one twice and loses none.
for (const item of items.toReversed()) {
  if (sent.has(item.id)) continue;
  for (const address of addresses) await send(address, item);
  sent.add(item.id);
  remember();
}
remember();

/** One message an address: nobody sees who else is told. */
function send(to, { id, url, title: subject, content_text: text, date_published: at }) {
  const encoded = (words) => `=?UTF-8?B?${Buffer.from(words).toString('base64')}?=`;
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${encoded(`[${title}] ${subject}`)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${new URL(feed).hostname}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`${text}\n\n${url}\n`).toString('base64').replace(/.{76}/g, '$&\n'),
    '',
  ];
  return new Promise((resolve) => {
    const child = spawn(sendmail, ['-i', '-f', from, '--', to], { stdio: ['pipe', 'inherit', 'inherit'] });
    child.on('error', (error) =>
      fail(`${sendmail} could not be started (${error.message}); the rest is sent next time.`),
    );
    child.on('close', (code) =>
      code === 0 ? resolve() : fail(`${sendmail} ended with ${code} for ${to}; the rest is sent next time.`),
    );
    child.stdin.on('error', () => {}); // It ended early: its exit code says so.
    child.stdin.end(lines.join('\n'));
  });
}

function remember() {
  writeFileSync(`${memory}.new`, [...sent].join('\n'));
  renameSync(`${memory}.new`, memory);
}

function fail(sentence) {
  process.stderr.write(`mail-from-feed: ${sentence}\n`);
  process.exit(1);
}
