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
    /** When a run ends: the places that were searched and their octets, the secrets that were looked for, and what was found where custody says that it is, what media keep of what was there once, and all other finds. */
    'audit.scanned': {
      places: number;
      octets: number;
      secrets: number;
      explained: number;
      remnants: number;
      strays: number;
    };
    /** The same, where not everything could be looked at: what could not, and devices that have keys in which none was found. */
    'audit.not-scanned': { missed: readonly string[] };
    /** A secret that stands where nothing explains it; `event` is the first event after which it was there, where that was looked for. */
    'audit.stray': { place: string; secret: string; encoding: string; event: number | null };
    /** Keys that the two directions of a call were protected with. */
    'audit.call-keys': { csb: string; directions: number; distinct: number };
  }
}
