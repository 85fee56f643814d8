import { useStore } from '@nanostores/preact';
import { useLayoutEffect } from 'preact/hooks';
import { $copy } from '../../stores/copy.ts';
import { $mode } from '../../stores/health.ts';
import { $messages } from '../../stores/language.ts';
import { $link } from '../../stores/link.ts';
import { $screen } from '../../stores/screen.ts';
import { $session } from '../../stores/session.ts';
import { Door } from './door.tsx';
import { FallbackBanner } from './fallback-banner.tsx';
import { Header } from './header.tsx';
import { Members } from './members.tsx';
import { Navigation } from './navigation.tsx';
import { Now } from './now.tsx';
import { Post } from './post.tsx';
import { Problems } from './problems.tsx';
import { RemovedBanner } from './removed-banner.tsx';
import { Room } from './room.tsx';
import { Runbooks } from './runbooks.tsx';

const screens = { now: Now, room: Room, runbooks: Runbooks, post: Post, people: Members };

/** The frame around every screen of the members' side; `data-mode` and `data-link` say how the company and this device are. */
export function Bridge() {
  const words = useStore($messages);
  const mode = useStore($mode);
  const link = useStore($link);
  const copy = useStore($copy);
  const isOpen = useStore($session).type === 'open';
  const screen = useStore($screen);
  const Current = screens[screen];
  // Another screen begins at its top, wherever the last one was read.
  useLayoutEffect(() => scrollTo(0, 0), [screen]);
  return (
    <div class="bridge" data-mode={mode} data-link={link.state} data-copy={copy.mode.type}>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {words.skip}
      </button>
      <Header />
      <FallbackBanner />
      <RemovedBanner />
      <Problems />
      {isOpen && <Navigation />}
      <main id="main" tabIndex={-1}>
        {isOpen ? <Current /> : <Door />}
      </main>
    </div>
  );
}
