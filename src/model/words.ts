/**
 * 256 short English words, one for each value of a byte. The order is part of the format: two devices that compare
 * words must read the same list.
 */
const TEXT = `
acorn actor album alley amber anchor angle ankle apple apron arch arena arrow artist atlas attic autumn axle
bacon badge bag ball bamboo banana banjo barn basin basket bath beach bead beam bean bear beaver bed bee bell
belt bench berry bike bird biscuit blanket blue boat bolt bone book boot bottle bowl box brass bread brick
bridge broom brush bucket bulb butter button cabin cable cactus cake camel camp canal candle canoe canyon
captain carpet carrot castle cat cave cedar chain chair chalk cheese cherry chess chest chimney circle city
clay cliff clock cloud clover coal coast coat cobra coffee coin comb compass copper coral cork corn cotton
cousin cradle crane crayon cricket crown cube cup curtain dance dawn deck deer desert desk diamond dinner dog
dolphin donkey door dragon drum duck dust eagle earth east echo egg elbow elm engine envelope evening falcon
farm feather fern ferry field finger fire fish flag flame flute fog forest fork fox frog fruit garden garlic
gate ghost giant ginger glass glove goat gold goose grape grass green guitar hammer harbor harp hat hawk hazel
hill honey hook horn horse hotel house ice iron island ivory jacket jar jelly jewel juice jungle kettle key
king kite kitten knee ladder lake lamp lantern leaf lemon letter lion lizard lobster lock magnet maple marble
market meadow melon mirror monkey moon morning mountain mouse museum needle nest night north oak ocean olive
onion orange otter oven owl paint panda paper parrot peach pear pencil penguin pepper piano pigeon pillow
pilot river
`;

export const WORDS: readonly string[] = TEXT.trim().split(/\s+/);

/** One word for each byte. */
export function wordsOf(bytes: Uint8Array): readonly string[] {
  return [...bytes].map((byte) => WORDS[byte] ?? '');
}
