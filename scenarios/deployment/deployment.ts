/**
 * The deployment: what one organisation has decided and recorded, as its own file says it. Every entry knows the line that it comes from,
 * so that a report can point at it. What the file leaves out is not known, and is never taken for granted.
 */
import type { Micros } from '../../sim/clock.ts';
import type { Where } from '../../sim/errors.ts';
import type { Settings } from '../language/index.ts';

/** A day: how it is written, which orders days too, and when it begins. */
export interface Day {
  /** `2015-10-14` */
  readonly text: string;
  /** Microseconds since 1970, UTC. */
  readonly begins: Micros;
}

/** Something that is written under a key of its own. */
export interface DeclaredEntry {
  readonly name: string;
  readonly where: Where;
}

/** Bounds on the quality of calls; at least one is there. */
export interface QualityBounds {
  readonly setUp?: Micros;
  readonly jitter?: Micros;
  /** Percent. */
  readonly loss?: number;
  readonly completed?: number;
}

/** A declared target, by its kind in the catalogue. */
export type DeclaredTarget = DeclaredEntry &
  (
    | { readonly kind: 'duration'; readonly value: Micros }
    | { readonly kind: 'months'; readonly value: number }
    | { readonly kind: 'words'; readonly value: readonly string[] }
    | { readonly kind: 'quality'; readonly value: QualityBounds }
  );

/** Whether a document that the source document refers to is held, and at which issue. */
export interface DeclaredReference extends DeclaredEntry {
  readonly title: string;
  readonly status: 'held' | 'public' | 'not-obtainable';
  /** Of one that is held. */
  readonly issue?: string;
  /** Where the copy is kept, of one that is held. */
  readonly kept?: string;
  /** What was assumed in place of one that cannot be had. */
  readonly assumption?: string;
  /** Why another issue is held than the document names. */
  readonly reason?: string;
}

/** A risk owner's decision to live with a clause, or a part of one, that is not met. */
export interface DeclaredWaiver {
  readonly where: Where;
  /** A clause, and so all its parts, or one part. */
  readonly covers: { readonly kind: 'clause' | 'part'; readonly id: string };
  readonly owner: string;
  readonly reason: string;
  /** Who was asked for advice. */
  readonly adviser: string;
  /** From this day on it is in force; it is written `date`. */
  readonly given: Day;
  /** From this day on it is void. */
  readonly expires: Day;
}

/** The record that the product is approved. */
export interface DeclaredCertificate {
  readonly where: Where;
  readonly number: string;
  readonly product: string;
  readonly version: string;
  readonly expires: Day;
  readonly revoked?: Day;
}

/** A version of a platform that somebody decided may be used. */
export interface ApprovedPlatform {
  readonly where: Where;
  readonly platform: 'android' | 'ios';
  readonly version: string;
  readonly approved: Day;
  readonly decision: string;
}

/** People of a role, by name, and who stands in for them. */
export interface DeclaredRole extends DeclaredEntry {
  readonly people: readonly string[];
  readonly deputies: readonly string[];
}

/** Whom to tell, how, and who else when they are not there. */
export interface DeclaredContact extends DeclaredEntry {
  readonly person: string;
  readonly reach: string;
  readonly deputy?: string;
}

/** What is noted of a country; it says nothing of its law. */
export interface DeclaredCountry extends DeclaredEntry {
  readonly note: string;
  /** Reference of a permission to take a phone there. */
  readonly permission?: string;
  /** Reference of a threat note. */
  readonly threat?: string;
}

/** How a kind of medium is disposed of. */
export interface DeclaredDisposal extends DeclaredEntry {
  readonly methods: readonly string[];
}

/** A statement about what the emulator cannot show. */
export interface DeclaredStatement extends DeclaredEntry {
  readonly text: string;
}

/** One deployment file, valid as a whole. */
export interface DeploymentFile {
  readonly name: string;
  readonly title?: string;
  readonly file: string;
  /** What the file says, which is hashed as part of what decided a run. */
  readonly text: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly sha256: string;
  readonly where: Where;
  /** The day on which waivers are looked at, unless the command line says another. */
  readonly validOn: Day;
  /** Values of parameters; those not named keep their defaults. */
  readonly parameters: Settings;
  /** Where each of them is written. */
  readonly parameterPlaces: ReadonlyMap<string, Where>;
  readonly targets: readonly DeclaredTarget[];
  readonly references: readonly DeclaredReference[];
  readonly waivers: readonly DeclaredWaiver[];
  readonly certificate?: DeclaredCertificate;
  readonly platforms: readonly ApprovedPlatform[];
  readonly statements: readonly DeclaredStatement[];
  readonly roles: readonly DeclaredRole[];
  readonly contacts: readonly DeclaredContact[];
  readonly countries: readonly DeclaredCountry[];
  readonly disposal: readonly DeclaredDisposal[];
  readonly classification?: { readonly where: Where; readonly ceiling: string; readonly system: string };
}
