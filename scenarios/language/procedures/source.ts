/** Procedure files as they come: their texts by name, wherever they were found. The language looks for no file itself. */

/** The text of a procedure file, under the name that it is performed by. */
export interface ProcedureSource {
  readonly name: string;
  /** As errors and reports call the file. */
  readonly file: string;
  readonly text: string;
}

/** Procedures that a scenario may perform, by name. */
export type ProcedureSources = ReadonlyMap<string, ProcedureSource>;
