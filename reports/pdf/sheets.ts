/**
 * The sheets of the PDF: A4, tagged for screen readers, text set line by line from top to bottom. What stands at the edge of each sheet is an artifact and
 * not read out. It knows nothing of calldrill.
 */
import { BODY, COLOURS, LEADING, type Face, type Ink, type Typefaces } from './ink.ts';
import { drawable, glyphsOf } from './glyphs.ts';
import { LineBreaker } from './line-breaker.ts';
import { SteadyPdf } from './steady-pdf.ts';

/** A piece of the tree of tags. */
export type Tag = PDFKit.PDFStructureElement;

/** A4, and its edges, in points. */
export const SHEET = { width: 595.28, height: 841.89, left: 50, right: 50, top: 54, bottom: 56 } as const;
/** Room for text between the edges, in points. */
export const MEASURE = SHEET.width - SHEET.left - SHEET.right;
const LOWEST = SHEET.height - SHEET.bottom;
/** A PDF has a date of its making; this one is always the same, so that equal runs give equal octets. */
const NO_DATE = new Date(0);
const HEADINGS: readonly Ink[] = [
  { face: 'bold', size: 22, tone: 'plain' },
  { face: 'bold', size: 15, tone: 'plain' },
  { face: 'bold', size: 10.5, tone: 'plain' },
];
const EDGE: Ink = { face: 'regular', size: 7, tone: 'muted' };

/** What a document says of itself. */
export interface SheetsSpec {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  /** What stands at the foot of each sheet, before its number. */
  readonly foot: string;
}

/** A document that is filled from its first line to its last, and then ended. */
export class PdfSheets {
  readonly breaker: LineBreaker;
  readonly #spec: SheetsSpec;
  readonly #pdf: SteadyPdf;
  readonly #root: Tag;
  #section: Tag | undefined;
  #y: number = SHEET.top;

  constructor(faces: Typefaces, spec: SheetsSpec) {
    this.#spec = spec;
    const { title, subject, creator } = spec;
    this.#pdf = new SteadyPdf({
      ...{ size: 'A4', bufferPages: true, autoFirstPage: false, font: '', margin: 0 },
      ...{ pdfVersion: '1.7', subset: 'PDF/A-3a', tagged: true, lang: 'en-GB', displayTitle: true },
      info: { Title: title, Subject: subject, Creator: creator, CreationDate: NO_DATE, ModDate: NO_DATE },
    });
    for (const face of ['regular', 'bold', 'mono'] as const)
      this.#pdf.registerFont(face, Buffer.from(faces[face]));
    this.#pdf.addPage();
    this.#root = this.#pdf.struct('Document');
    this.#pdf.addStructure(this.#root);
    this.#section = this.tag('Sect', this.#root);
    this.breaker = new LineBreaker(
      (text, ink) => this.#set(ink).widthOfString(text),
      (text, ink) => drawable(text, glyphsOf(this.#set(ink))),
    );
  }

  /** Points from here to the lowest line. */
  get room(): number {
    return LOWEST - this.#y;
  }

  /** Points from the upper edge of the sheet to where the next line begins. */
  get y(): number {
    return this.#y;
  }

  /** Goes down by so many points. */
  down(points: number): void {
    this.#y += points;
  }

  /** A new sheet; nothing where this one is empty. */
  nextSheet(): void {
    if (this.#y === SHEET.top) return;
    this.#pdf.addPage();
    this.#y = SHEET.top;
  }

  /** A part of the document on a sheet of its own, with its line in the outline. */
  section(title: string): void {
    this.#section?.end();
    this.nextSheet();
    this.#section = this.tag('Sect', this.#root);
    this.#pdf.outline.addItem(title);
    this.heading(2, title);
  }

  /** A heading of level 1, 2 or 3, kept together with what follows it. */
  heading(level: 1 | 2 | 3, text: string): void {
    const ink = HEADINGS[level - 1] ?? BODY;
    const lines = this.breaker.lines(text, ink, MEASURE);
    const gap = this.#y === SHEET.top ? 0 : ink.size * 0.9;
    if (this.room < gap + (lines.length + 3) * ink.size * LEADING) this.nextSheet();
    else this.#y += gap;
    this.flow(this.tag(`H${level}`), lines, ink, SHEET.left);
    this.#y += ink.size * 0.35;
  }

  /** A paragraph over the whole measure. */
  paragraph(text: string, ink: Ink = BODY): void {
    this.flow(this.tag('P'), this.breaker.lines(text, ink, MEASURE), ink, SHEET.left);
    this.#y += ink.size * 0.5;
  }

  /** A list with a bullet for each item. */
  list(items: readonly string[], ink: Ink = BODY): void {
    const list = this.tag('L');
    const indent = ink.size * 1.2;
    for (const item of items) {
      const entry = this.tag('LI', list);
      if (this.room < ink.size * LEADING) this.nextSheet();
      const y = this.#y;
      this.flow(this.tag('Lbl', entry), ['•'], ink, SHEET.left);
      this.#y = y;
      this.flow(
        this.tag('LBody', entry),
        this.breaker.lines(item, ink, MEASURE - indent),
        ink,
        SHEET.left + indent,
      );
      this.#y += ink.size * 0.25;
      entry.end();
    }
    list.end();
    this.#y += ink.size * 0.3;
  }

  /** A tag below another; below the section where none is named. Its owner ends it. */
  tag(name: string, parent: Tag = this.#section ?? this.#root, alt?: string): Tag {
    const tag = this.#pdf.struct(name, alt === undefined ? {} : { alt });
    parent.add(tag);
    return tag;
  }

  /** Sets lines below each other, over as many sheets as they need, and ends the tag. */
  flow(tag: Tag, lines: readonly string[], ink: Ink, x: number): void {
    const leading = ink.size * LEADING;
    for (let at = 0; at < lines.length;) {
      if (this.room < leading) this.nextSheet();
      const many = Math.max(1, Math.floor(this.room / leading));
      this.write(tag, lines.slice(at, at + many), ink, x, this.#y);
      this.#y += lines.slice(at, at + many).length * leading;
      at += many;
    }
    tag.end();
  }

  /** Sets lines at a place of this sheet as a part of what is tagged. */
  write(tag: Tag, lines: readonly string[], ink: Ink, x: number, y: number): void {
    tag.add(() => {
      this.#print(lines, ink, x, y);
    });
  }

  /** Sets lines that are not read out. */
  edge(lines: readonly string[], ink: Ink, x: number, y: number): void {
    this.#artifact(() => {
      this.#print(lines, ink, x, y);
    });
  }

  /** A filled rectangle, in points; not read out. */
  ground(x: number, y: number, width: number, height: number, colour: string): void {
    this.#artifact(() => {
      this.#pdf.rect(x, y, width, height).fill(colour);
    });
  }

  /** A horizontal line over so many points; not read out. */
  rule(x: number, y: number, width: number, colour = '#c9c9d2'): void {
    this.ground(x, y, width, 0.5, colour);
  }

  /** A file inside of the document. */
  attach(name: string, octets: Uint8Array, type: string, description: string): void {
    // PDF/A-3 asks for the relationship (ISO 19005-3, 6.8); the types of pdfkit do not know it.
    const relationship = { relationship: 'Source' };
    const dates = { creationDate: NO_DATE, modifiedDate: NO_DATE };
    this.#pdf.file(Buffer.from(octets), { name, type, description, ...dates, ...relationship });
  }

  /** The octets of the whole. */
  end(): { readonly octets: Uint8Array; readonly sheets: number } {
    this.#section?.end();
    this.#root.end();
    const { count } = this.#pdf.bufferedPageRange();
    for (let at = 0; at < count; at++) {
      this.#pdf.switchToPage(at);
      const [y, number] = [SHEET.height - 34, `${at + 1} / ${count}`];
      this.edge([this.#spec.foot], EDGE, SHEET.left, y);
      const width = this.#set(EDGE).widthOfString(number);
      this.edge([number], EDGE, SHEET.width - SHEET.right - width, y);
    }
    this.#pdf.end();
    const octets: unknown = this.#pdf.read();
    if (!(octets instanceof Uint8Array)) throw new TypeError('pdfkit gave no octets');
    return { octets, sheets: count };
  }

  #set({ face, size }: { readonly face: Face; readonly size: number }): SteadyPdf {
    this.#pdf.font(face).fontSize(size);
    return this.#pdf;
  }

  #print(lines: readonly string[], ink: Ink, x: number, y: number): void {
    this.#set(ink).fillColor(COLOURS[ink.tone]);
    for (const [at, line] of lines.entries())
      this.#pdf.text(line, x, y + at * ink.size * LEADING, { lineBreak: false });
  }

  #artifact(draw: () => void): void {
    this.#pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.#pdf.endMarkedContent();
  }
}
