/** Files of the scenario language under their names, before anybody has read them. */

/** A file that may hold a scenario or a procedure, under the three names that it goes by; it need not have been read. */
export interface ScenarioFile {
  /** What a shipped one is called, which is its file name; for others the path as it was given. */
  readonly name: string;
  /** As errors and reports call it: never an absolute path of a machine unless the user gave one. */
  readonly label: string;
  readonly path: string;
}
