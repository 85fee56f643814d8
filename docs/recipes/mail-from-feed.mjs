#!/usr/bin/env node
// Turns the updates of a Lifeboat page into e-mail, with the mail sender that this machine already has. See mail-from-feed.md.
//   node mail-from-feed.mjs <https://…/feed.json> <file with one address a line> <file that remembers what was sent> <from>
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const [feed, list, memory, from] = process.argv.slice(2);
if (from === undefined) fail('usage: mail-from-feed.mjs <feed.json> <addresses> <memory> <from>');
const sendmail = process.env.SENDMAIL ?? '/usr/sbin/sendmail';
const [SEND_MS, GIVE_UP_MS] = [60_000, 6 * 3_600_000];
const lock = takeLock(`${memory}.lock`);

const answer = await fetch(feed, { signal: AbortSignal.timeout(20_000) }).catch((error) =>
  fail(`${feed}: ${error.message}`),
);
if (!answer.ok) fail(`${feed} answered ${answer.status}; nothing was sent.`);
const { title, items } = await answer.json().catch(() => fail(`${feed} is no JSON; nothing was sent.`));
if (!Array.isArray(items)) fail(`${feed} is no JSON Feed; nothing was sent.`);
// A line "<id>" is an item that is done with, "<id> <address>" one that this address has, and "<id> since <ms>" tells when one
// failed first.
const known = new Set(fs.existsSync(memory) ? fs.readFileSync(memory, 'utf8').split('\n') : items.map(({ id }) => id));
tidy();
const addresses = fs
  .readFileSync(list, 'utf8')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => /^[^\s@<>,"]+@[^\s@<>,"]+$/.test(line));

// Oldest first; each address is remembered once its message is handed over: a crash sends one message twice and loses none.
for (const item of items.toReversed().filter(({ id }) => !known.has(id))) {
  const isTold = (address) => known.has(`${item.id} ${address}`);
  for (const address of addresses.filter((one) => !isTold(one))) {
    const trouble = await send(address, item);
    const isOver = trouble !== undefined && Date.now() - firstFailure(item) >= GIVE_UP_MS;
    if (trouble !== undefined) say(`${trouble}; ${isOver ? `given up for "${item.title}"` : 'tried again next time'}.`);
    if (trouble === undefined || isOver) remember(`${item.id} ${address}`);
  }
  if (addresses.every(isTold)) {
    remember(item.id);
    tidy();
  }
}

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
  fs.utimesSync(lock, new Date(), new Date());
  const options = { stdio: ['pipe', 'inherit', 'inherit'], timeout: SEND_MS, killSignal: 'SIGKILL' };
  return new Promise((resolve) => {
    const child = spawn(sendmail, ['-i', '-f', from, '--', to], options);
    child.on('error', ({ message }) => fail(`${sendmail} could not be started (${message}); the rest waits.`));
    child.on('close', (code, signal) =>
      resolve(code === 0 ? undefined : `${sendmail} ended with ${code ?? signal} for ${to}`),
    );
    child.stdin.on('error', () => {}); // It ended early: its exit code says so.
    child.stdin.end(lines.join('\n'));
  });
}

/** Milliseconds; now, where this is the first failure of this item. */
function firstFailure({ id }) {
  const start = `${id} since `;
  if (![...known].some((line) => line.startsWith(start))) remember(`${start}${Date.now()}`);
  return Number([...known].find((line) => line.startsWith(start)).slice(start.length));
}

function remember(line) {
  known.add(line);
  fs.appendFileSync(memory, `\n${line}`);
}

/** What is done with needs no line for each address any more. */
function tidy() {
  for (const line of known) if (line.includes(' ') && known.has(line.split(' ')[0])) known.delete(line);
  fs.writeFileSync(`${memory}.new`, [...known].join('\n'));
  fs.renameSync(`${memory}.new`, memory);
}

/** Ends quietly where another run is at work. A lock that nobody touched for longer than a message takes is a killed run's. */
function takeLock(path) {
  const touched = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (touched !== undefined && Math.abs(Date.now() - touched) > 2 * SEND_MS) fs.rmSync(path, { force: true });
  try {
    fs.writeFileSync(path, '', { flag: 'wx' });
  } catch (error) {
    if (error.code === 'EEXIST') process.exit();
    fail(`${path} cannot be written (${error.message}); nothing was sent.`);
  }
  process.on('exit', () => fs.rmSync(path, { force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  return path;
}

function say(sentence) {
  process.stderr.write(`mail-from-feed: ${sentence}\n`);
  process.exitCode = 1;
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}
