import { computed } from 'nanostores';
import { $mode } from './health.ts';
import { $route, type Screen } from './route.ts';

/** The screens in the order of the mode: in fallback mode the room comes first (DESIGN §8). */
export const $screens = computed($mode, (mode): readonly Screen[] =>
  mode === 'fallback' ? ['room', 'now', 'runbooks', 'post', 'people'] : ['now', 'room', 'runbooks', 'post', 'people'],
);

/** What is on show: what the address asks for, else the mode's first screen. */
export const $screen = computed([$route, $screens], (route, screens) => route.screen ?? screens[0] ?? 'now');
