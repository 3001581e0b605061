/** Test vectors of SRTP, values only. All octets in hex. */

/** RFC 3711 appendix B.2: AES counter mode, ROC 0, SEQ 0, SSRC 0; block numbers with their keystream. */
export const KEYSTREAM = {
  sessionKey: '2b7e151628aed2a6abf7158809cf4f3c',
  sessionSalt: 'f0f1f2f3f4f5f6f7f8f9fafbfcfd',
  segmentOctets: 1_044_512,
  blocks: [
    [0x0000, 'e03ead0935c95e80e166b16dd92b4eb4'],
    [0x0001, 'd23513162b02d0f72a43a2fe4a5f97ab'],
    [0x0002, '41e95b3bb0a2e8dd477901e4fca894c0'],
    [0xfeff, 'ec8cdf7398607cb0f2d21675ea9ea1e4'],
    [0xff00, '362b7c3c6773516318a077d7fc5073ae'],
    [0xff01, '6a2cc3787889374fbeb4c81b17ba6c44'],
  ],
} as const;

/** RFC 3711 appendix B.3: key derivation with rate 0. */
export const KEY_DERIVATION = {
  masterKey: 'e1f97a0d3e018be0d64fa32c06de4139',
  masterSalt: '0ec675ad498afeebb6960b3aabe6',
  encryption: 'c61e7a93744f39ee10734afe3ff7a087',
  salt: '30cbbc08863d8c85d49db34a9ae1',
  authentication:
    'cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce' +
    'e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25' +
    '6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2',
} as const;

/** libsrtp, test/srtp_driver.c, srtp_validate: one packet each way, master key and salt of appendix B.3, ROC 0. */
export const LIBSRTP = {
  rtp: '800f1234decafbadcafebabeabababababababababababababababab',
  srtp: '800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb',
  rtcp: '81c8000bcafebabeabababababababababababababababab',
  srtcp: '81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798',
} as const;

/** RFC 3711 appendix A, worked through: ROC and highest sequence number so far, the one received, and the ROC it belongs to. */
export const INDEX_ESTIMATION = [
  { roc: 0, highest: 4660, sequence: 4661, expected: 0 },
  { roc: 0, highest: 65530, sequence: 3, expected: 1 },
  { roc: 1, highest: 3, sequence: 65530, expected: 0 },
  { roc: 0, highest: 65535, sequence: 0, expected: 1 },
  { roc: 1, highest: 0, sequence: 65535, expected: 0 },
  { roc: 5, highest: 32767, sequence: 65535, expected: 5 },
  { roc: 5, highest: 32768, sequence: 0, expected: 5 },
  { roc: 4294967295, highest: 65535, sequence: 0, expected: 0 },
  { roc: 2, highest: 100, sequence: 40000, expected: 1 },
] as const;
