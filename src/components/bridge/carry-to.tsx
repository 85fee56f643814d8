import { useStore } from '@nanostores/preact';
import { textFor } from '../../stores/carry.ts';
import { $messages } from '../../stores/language.ts';
import { CopyMade } from './copy-made.tsx';

/** Copies what a device needs that no relay reaches. */
export function CarryTo({ pk }: { readonly pk: string }) {
  return <CopyMade label={useStore($messages).people.newcomer.carry} make={() => textFor(pk)} />;
}
