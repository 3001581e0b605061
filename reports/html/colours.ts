/**
 * The page's colours, by meaning, for light and dark. A test holds each text colour against its backgrounds with the
 * contrast formula of WCAG 2.1 (at least 4.5 to 1).
 */

/** One scheme: CSS colours by what they mean, each of which becomes a custom property. */
export interface Colours {
  readonly page: string;
  /** Boxes, table heads. */
  readonly panel: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly link: string;
  readonly pass: string;
  readonly fail: string;
  readonly doubt: string;
  /** Harm: what an attacker could do, predicted or not. */
  readonly harm: string;
  readonly harmPanel: string;
  readonly failPanel: string;
  readonly media: string;
}

/** Dark text on white: for light schemes, and on paper. */
export const LIGHT: Colours = {
  page: '#ffffff',
  panel: '#f5f6f8',
  line: '#d8dce1',
  text: '#1b2026',
  muted: '#58626d',
  link: '#0b57a4',
  pass: '#19693f',
  fail: '#b0211b',
  doubt: '#6a3fa0',
  harm: '#8a4b00',
  harmPanel: '#fdf1de',
  failPanel: '#fcebea',
  media: '#0a6670',
};

/** Light text on near black: for readers who prefer dark schemes. */
export const DARK: Colours = {
  page: '#14171b',
  panel: '#1d2126',
  line: '#363c44',
  text: '#e4e7eb',
  muted: '#9fa8b3',
  link: '#82b7f2',
  pass: '#6ccb94',
  fail: '#ff8f86',
  doubt: '#c3a2f2',
  harm: '#f0b35c',
  harmPanel: '#32270f',
  failPanel: '#3a1c1a',
  media: '#63c3cf',
};

/** `--page: #ffffff; ...` */
export function declarations(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value};`)
    .join(' ');
}
