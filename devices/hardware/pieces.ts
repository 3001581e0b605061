/**
 * Paper in pieces: what a shredder makes of a print, and what somebody makes of the pieces who has all the time in the world (clause para-53).
 *
 * A shredder cuts straight: strips of a width, or particles of a width and a height. Where exactly a cut falls is chance, as paper slips. Then the pieces lie
 * in a bin in no order. Whoever puts them together again sees on which side up each lies, and that two pieces belong together where the colours
 * along their edges are the same and no other edge of all the pieces looks so. Between strips that cannot be told apart so, their order is tried
 * out, the widths of what is missing included, and of each layout the reader is asked. A piece that is a few modules small has no edge of which
 * there is only one: nothing is left to go by.
 *
 * Pixels do not fray here, and the scavenger is given the right side up, so of two doubtful cases the paper is read.
 */
import type { RandomSource } from '../../sim/random.ts';
import type { QrReader } from './camera.ts';
import { crop, type GrayImage } from './gray-image.ts';

/** A printed module is four pixels and a millimetre wide. */
const PIXELS_PER_MM = 4;
/** Layouts that somebody has the patience for. */
const LAYOUTS_MAX = 200;
/** Pieces above which nobody begins: each would have to be looked at beside each other one. */
const PIECES_MAX = 20_000;
/** What shows between pieces: the table that they lie on. */
const TABLE = 128;
const WHITE = 255;

/** How a shredder cuts, in millimetres: strips where there is no height. */
export interface Cut {
  readonly widthMm: number;
  readonly heightMm?: number | undefined;
}

/** The pieces of a print, in no order. */
export function cutUp(
  image: GrayImage,
  { widthMm, heightMm }: Cut,
  random: RandomSource,
): readonly GrayImage[] {
  const columns = cutsOf(image.width, widthMm, random);
  const rows = heightMm === undefined ? [[0, image.height] as const] : cutsOf(image.height, heightMm, random);
  const pieces = rows.flatMap(([top, bottom]) =>
    columns.map(([left, right]) => crop(image, { left, top, width: right - left, height: bottom - top })),
  );
  return shuffled(pieces, random);
}

/** Without so many of them: those that went elsewhere. */
export function withoutSome<Piece>(
  pieces: readonly Piece[],
  lost: number,
  random: RandomSource,
): readonly Piece[] {
  return shuffled(pieces, random).slice(Math.min(lost, pieces.length));
}

/** From where to where each strip goes. A cut is a pixel off where it should be, to either side or not. */
function cutsOf(length: number, mm: number, random: RandomSource): readonly (readonly [number, number])[] {
  const pitch = mm * PIXELS_PER_MM;
  const cuts = [0];
  for (let at = pitch; at < length - 1; at += pitch) cuts.push(at + random.below(3) - 1);
  return cuts.map((from, index) => [from, cuts[index + 1] ?? length] as const);
}

function shuffled<Item>(items: readonly Item[], random: RandomSource): readonly Item[] {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const [a, b] = [all[at], all[other]];
    if (a !== undefined && b !== undefined) [all[at], all[other]] = [b, a];
  }
  return all;
}

/** Pieces that surely belong together, as one picture. */
interface Cluster {
  readonly image: GrayImage;
}

/** What can be read of the pieces by whoever puts them together; empty when nothing can. */
export function readPieces(pieces: readonly GrayImage[], readQr: QrReader): readonly Uint8Array[] {
  const [only, ...others] = pieces;
  if (only === undefined || pieces.length > PIECES_MAX) return [];
  if (others.length === 0) return readQr(only);
  const clusters = joined(pieces);
  let tried = 0;
  for (const layout of layoutsOf(clusters)) {
    const codes = readQr(layout);
    if (codes.length > 0) return codes;
    if (++tried >= LAYOUTS_MAX) break;
  }
  return [];
}

/** Side by side first and then one upon the other, as long as two edges are alike and alone. */
function joined(pieces: readonly GrayImage[]): readonly Cluster[] {
  let clusters = pieces;
  for (;;) {
    const before = clusters.length;
    clusters = pairedUp(clusters, { edge: rightEdge, meets: leftEdge, put: beside });
    clusters = pairedUp(clusters, { edge: bottomEdge, meets: topEdge, put: above });
    if (clusters.length === before || clusters.length === 1) return clusters.map((image) => ({ image }));
  }
}

interface Edges {
  readonly edge: (image: GrayImage) => string | undefined;
  readonly meets: (image: GrayImage) => string | undefined;
  readonly put: (first: GrayImage, second: GrayImage) => GrayImage;
}

/** Joins each chain of pieces of which every join is certain. */
function pairedUp(pieces: readonly GrayImage[], { edge, meets, put }: Edges): readonly GrayImage[] {
  const [ends, begins] = [alone(pieces, edge), alone(pieces, meets)];
  const next = new Map<number, number>();
  for (const [pattern, from] of ends) {
    const to = begins.get(pattern);
    if (from !== undefined && to !== undefined && from !== to) next.set(from, to);
  }
  const followers = new Set(next.values());
  const done = new Set<number>();
  const chains: GrayImage[] = [];
  const follow = (start: number): void => {
    let image = pieces[start];
    done.add(start);
    for (let at = next.get(start); at !== undefined && !done.has(at); at = next.get(at)) {
      const piece = pieces[at];
      if (image !== undefined && piece !== undefined) image = put(image, piece);
      done.add(at);
    }
    if (image !== undefined) chains.push(image);
  };
  for (const [index] of pieces.entries()) if (!followers.has(index)) follow(index);
  // Pieces that follow each other in a ring are taken at any of them.
  for (const [index] of pieces.entries()) if (!done.has(index)) follow(index);
  return chains;
}

/** By what an edge looks like, the one piece that has such an edge; undefined where several have. */
function alone(pieces: readonly GrayImage[], edgeOf: Edges['edge']): ReadonlyMap<string, number | undefined> {
  const found = new Map<string, number | undefined>();
  for (const [index, piece] of pieces.entries()) {
    const pattern = edgeOf(piece);
    if (pattern !== undefined) found.set(pattern, found.has(pattern) ? undefined : index);
  }
  return found;
}

const rightEdge = (image: GrayImage): string | undefined => column(image, image.width - 1);
const leftEdge = (image: GrayImage): string | undefined => column(image, 0);
const topEdge = (image: GrayImage): string | undefined => row(image, 0);
const bottomEdge = (image: GrayImage): string | undefined => row(image, image.height - 1);

function column({ width, height, pixels }: GrayImage, x: number): string | undefined {
  return patternOf(Uint8Array.from({ length: height }, (_, y) => pixels[y * width + x] ?? WHITE));
}

function row({ width, pixels }: GrayImage, y: number): string | undefined {
  return patternOf(pixels.subarray(y * width, (y + 1) * width));
}

/** What an edge looks like; undefined of one that is of one colour, which says nothing. */
function patternOf(edge: Uint8Array): string | undefined {
  return edge.every((pixel) => pixel === edge[0]) ? undefined : Buffer.from(edge).toString('latin1');
}

function beside(left: GrayImage, right: GrayImage): GrayImage {
  return laid([left, right], left.width + right.width, Math.max(left.height, right.height));
}

function above(upper: GrayImage, lower: GrayImage): GrayImage {
  return turned(beside(turned(upper), turned(lower)));
}

/** Rows become columns. */
function turned({ width, height, pixels }: GrayImage): GrayImage {
  const out = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) out[x * height + y] = pixels[y * width + x] ?? WHITE;
  return { width: height, height: width, pixels: out };
}

/** Pictures side by side on the table; a number among them is a gap of that many pixels. */
function laid(parts: readonly (GrayImage | number)[], width: number, height: number): GrayImage {
  const pixels = new Uint8Array(width * height).fill(TABLE);
  let left = 0;
  for (const part of parts) {
    if (typeof part === 'number') {
      left += part;
      continue;
    }
    for (let y = 0; y < part.height; y++)
      pixels.set(part.pixels.subarray(y * part.width, (y + 1) * part.width), y * width + left);
    left += part.width;
  }
  return { width, height, pixels };
}

/** Every way in which strips may lie that are as high as the print, or as wide; one heap of all others. */
function* layoutsOf(clusters: readonly Cluster[]): Generator<GrayImage> {
  const images = clusters.map(({ image }) => image);
  const [height, width] = [
    Math.max(...images.map((each) => each.height)),
    Math.max(...images.map((each) => each.width)),
  ];
  if (images.every((each) => each.height === height)) yield* rowsOf(images, height);
  else if (images.every((each) => each.width === width))
    for (const layout of rowsOf(images.map(turned), width)) yield turned(layout);
  else
    yield laid(
      images,
      images.reduce((sum, each) => sum + each.width, 0),
      height,
    );
}

/** Orders of strips. A print is as wide as it is high, so how much is missing is known; where it is missing is tried. */
function* rowsOf(strips: readonly GrayImage[], height: number): Generator<GrayImage> {
  const missing = Math.max(0, height - strips.reduce((sum, { width }) => sum + width, 0));
  for (const order of ordersOf(strips)) {
    for (let at = missing === 0 ? order.length : 0; at <= order.length; at++)
      yield laid(
        [...order.slice(0, at), missing, ...order.slice(at)],
        Math.max(height, widthOf(order)),
        height,
      );
  }
}

function widthOf(strips: readonly GrayImage[]): number {
  return strips.reduce((sum, { width }) => sum + width, 0);
}

/** All of them; a strip with a white left edge is the first and one with a white right edge the last where there is exactly one. */
function* ordersOf(strips: readonly GrayImage[]): Generator<readonly GrayImage[]> {
  const first = margin(strips, leftEdge);
  const last = margin(strips, rightEdge);
  for (const between of permutations(strips.filter((each) => each !== first && each !== last)))
    yield [first, ...between, last === first ? undefined : last].filter((each) => each !== undefined);
}

function margin(strips: readonly GrayImage[], edge: Edges['edge']): GrayImage | undefined {
  const found = strips.filter((each) => edge(each) === undefined);
  return found.length === 1 ? found[0] : undefined;
}

function* permutations<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length === 0) yield [];
  for (const item of items)
    for (const others of permutations(items.filter((each) => each !== item))) yield [item, ...others];
}
