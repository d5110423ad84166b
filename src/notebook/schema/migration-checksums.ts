/**
 * What each shipped step leaves in the table `migration` as its checksum, in order. Worked out anew at each start it
 * would cost more than the whole look; a test compares it with the steps.
 */
export const CHECKSUMS: readonly string[] = [
  'e6e45aa483bdc8cc6538a67628e934879c03ae8c4c956cbd875461f77dd55ff2',
  '14d66e994c729452221db8a54406a041a9082f15da66baf0bd2edd24b56f8292',
  'd03e6da876c88a56fdf110a5c36ad1ce877c0837e538b1a9b07d8274bcfd0621',
  '9b886d972153df552afb67a71ebc8d7b89c3a55a6cdab715e088c87286b9693e',
  '6960ea27ce97dc84ce3b486789af9d6f1d5328b47364a0229882d8a1deaeed73',
]
