/** What the examiner's audits of the captured octets add to the trace. */
declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** A ServerHello as captured: suite and version by their octets. */
    'audit.server-hello': { server: string; client: string; suite: string; version: string };
    /** Media of one call: packets seen, and how many of them travelled without the relay. */
    'audit.media-path': { csb: string; packets: number; direct: number };
    /** Frames of the speakers' voices that were found in clear on the wire. */
    'audit.canary': { csb: string; packets: number; hits: number };
    /** Storage of a phone after a wipe: records that can still be read. */
    'audit.residue': { phone: string; readable: number };
    /** Storage of a phone after a wipe, the removal of a month or a key update: keys that remnants still give, and remnants that are there at all. */
    'audit.remnants': {
      phone: string;
      after: 'wipe' | 'removal' | 'key update';
      usable: number;
      raw: number;
    };
    /** A medium that was treated: secrets that can be used by whoever has it, and what is there besides. */
    'audit.medium': { thing: string; method: string; usable: number; raw: number };
    /** Discs of every CMS at the end of a month: burnt, and of these loaded, destroyed, and without a record of both. */
    'audit.discs': { month: string; burnt: number; loaded: number; destroyed: number; unaccounted: number };
    /** Keys that the two directions of a call were protected with. */
    'audit.call-keys': { csb: string; directions: number; distinct: number };
  }
}
