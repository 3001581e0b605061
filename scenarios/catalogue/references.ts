/** The documents that the source document refers to, by the letters that it gives them, with the issue that it names. */

/** What is known of one of them before a deployment says anything. */
export interface NamedReference {
  readonly title: string;
  /** As the document writes it; absent where it names none, so that any issue is as good. */
  readonly issue?: string;
  /** The part of the catalogue that asks whether it is held. */
  readonly part: string;
  /** A part that asks which revision is held. */
  readonly revision?: string;
}

/** In the order of the document. */
export const REFERENCES: Readonly<Record<string, NamedReference>> = {
  a: { title: 'CPA Security Characteristic, Secure VoIP Client', issue: 'v2.0', part: 'ref-a.c1/status' },
  b: { title: 'CESG TS 500, MIKEY-SAKKE/SRTP profile', issue: 'issue 1.0', part: 'ref-b.c1/status' },
  c: { title: 'End User Device guidance, iOS', part: 'ref-c.c1/status' },
  d: { title: 'End User Device guidance, Android', part: 'ref-d.c1/status' },
  e: { title: 'CMS manual CAB-12:048', issue: 'rev B', part: 'ref-e.c1/status' },
  f: { title: 'CRS manual CAB-12:047', issue: 'rev B', part: 'ref-f.c1/status' },
  g: {
    ...{ title: 'iPhone app manual CAB-12:049', issue: 'rev C', part: 'ref-g.c1/status' },
    revision: 'para-18-b2a.c1/revision',
  },
  h: {
    ...{ title: 'Android app manual CAB-13_013', issue: 'rev A', part: 'ref-h.c1/status' },
    revision: 'para-18-b2b.c1/revision',
  },
  i: { title: 'HMG IS4', part: 'ref-i.c1/status' },
  j: { title: 'CESG threat briefing', issue: 'no. 1', part: 'ref-j.c1/status' },
  k: { title: 'HMG IS5', part: 'ref-k.c1/status' },
};
