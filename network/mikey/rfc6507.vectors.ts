/**
 * Test vectors of RFC 6507 appendix A, in hexadecimal. The edge cases use its keys and message with other values of j; they
 * were computed by an independent implementation. ID and M end in a NUL octet that is part of them.
 */
export const RFC6507 = {
  ksak: '0000000000000000000000000000000000000000000000000000000000012345',
  kpak: [
    '0450d4670bde75244f28d2838a0d25558a7a72686d4522d4c8273fb6442aebfa93dbdd37551afd263b5dfd617f3960c6',
    '5a8c298850ff99f20366dce7d4367217f4',
  ].join(''),
  v: '0000000000000000000000000000000000000000000000000000000000023456',
  pvt: [
    '04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36d9a79d247692f4eda3a6bdab77d6aa64',
    '74a464ae4934663c5265ba7018ba091f79',
  ].join(''),
  ssk: '23f374ae1f4033f3e9dbddaaef20f4cf0b86bbd5a138a5ae9e7e006b34489a0d',
  j: '0000000000000000000000000000000000000000000000000000000000034567',
  r: '269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d81',
  s: 'e09b528d0ef8d6df1aa3ecbf80110cfcec9fc68252cebb679f4134846940ccfd',
  jPoint: [
    '04269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d816dda6a1310f4b067bd5dabdad741b7',
    'cef36457e196b1bfa97fd5f8fbb3926adb',
  ].join(''),
  signature: [
    '269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d81e09b528d0ef8d6df1aa3ecbf80110cfc',
    'ec9fc68252cebb679f4134846940ccfd04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
    'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
  ].join(''),
  y: [
    '04833898d939c0013bb05027286f95cce037c11bd25799423c76e48362a495997895d0473a1cd6186ee9f0c104b47249',
    '9e1a24d6ce3d85173f02ebbd945c25f604',
  ].join(''),
  id: '323031312d30320074656c3a2b34343737303039303031323300',
  message: '6d65737361676500',
  hs: '490f3febbc1c902f6289723d7f8cbf79db88930849d19f38f0295b5c276c14d1',
  he: '111f90eae8271c96df9b3d6726768d9ee9b18145d7ec152cfa9c23d1c4f02285',
};

/** A signature at the edge of the format, and whether it verifies. */
export interface SignatureCase {
  readonly title: string;
  /** The j that makes it, when a signer makes it. */
  readonly j?: string;
  readonly signature: string;
  readonly valid: boolean;
}

/** Scalars with leading zeros, and those that are out of range: where implementations differ. */
export const RFC6507_EDGE_CASES: readonly SignatureCase[] = [
  {
    title: 'r has a leading zero octet',
    j: '000000000000000000000000000000000000000000000000000000000000017b',
    signature: [
      '005543894af3d00ed7d740abdbd75c96b06877b787db5f70eea78b90a8d7c00ae068ddb4d8128b37b49109e83e30e0d4',
      '793f68a25f7060d5450ed922b2536a0004758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
    ].join(''),
    valid: true,
  },
  {
    title: 's has a leading zero octet',
    j: '0000000000000000000000000000000000000000000000000000000000000051',
    signature: [
      'd829ab2d2eed358c8464c3093dc72e911e2a1b96700bb9b12cdcf0c2a8a3b07200395d759bba98a1cbce51c55751a82a',
      '550a20534d203f08e6a097ee7bbdec9d04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
    ].join(''),
    valid: true,
  },
  {
    title: 'HE+r*SSK has a leading zero octet',
    j: '0000000000000000000000000000000000000000000000000000000000000012',
    signature: [
      '1057e0ab5780f470defc9378d1c7c87437bb4c6f9ea55c63d936266dbd781fda0bd627772687da3f9cdb5cb34ad1335e',
      '2db3d0a0d36977dd966b9f986692107004758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
    ].join(''),
    valid: true,
  },
  {
    title: 's replaced by q-s (same Jx, RFC 6507 5.2.1 step 6 allows it)',
    signature: [
      '269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d811f64ad71f1072921e55c13407feef302',
      'd047342b5448e31d5478963e9322585404758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
    ].join(''),
    valid: true,
  },
  {
    title: 's = 0',
    signature: [
      '269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d8100000000000000000000000000000000',
      '0000000000000000000000000000000004758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
    ].join(''),
    valid: false,
  },
  {
    title: 'r = 0',
    signature: [
      '0000000000000000000000000000000000000000000000000000000000000000e09b528d0ef8d6df1aa3ecbf80110cfc',
      'ec9fc68252cebb679f4134846940ccfd04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
    ].join(''),
    valid: false,
  },
  {
    title: 'PVT off curve',
    signature: [
      '269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d81e09b528d0ef8d6df1aa3ecbf80110cfc',
      'ec9fc68252cebb679f4134846940ccfd04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f78',
    ].join(''),
    valid: false,
  },
  {
    title: 'r+1',
    signature: [
      '269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d82e09b528d0ef8d6df1aa3ecbf80110cfc',
      'ec9fc68252cebb679f4134846940ccfd04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36',
      'd9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
    ].join(''),
    valid: false,
  },
];
