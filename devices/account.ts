/** An account as the devices see it: whose keys its users have, and where their phones connect. */
export interface Account {
  /** Its name on the CRS. */
  readonly name: string;
  /** The name of the CMS that makes its keys. */
  readonly cms: string;
  /** The name of the CRS that it is on. */
  readonly crs: string;
}
