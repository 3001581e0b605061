/** Addresses of phones: at home its name, and where it has roamed that name and the site, `alice-phone.visited-fr`. Whoever reads a recording goes by them. */

/** Whether a host is an address of this phone, wherever it is. */
export function isAddressOf(phone: string | undefined, host: string): boolean {
  return phone !== undefined && (host === phone || host.startsWith(`${phone}.`));
}

/** The phone of an address: names of devices have no dot. */
export function phoneAt(host: string): string {
  const [phone = host] = host.split('.');
  return phone;
}
