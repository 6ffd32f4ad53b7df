#include <gcrypt.h>

/* gcry_control takes any number of arguments, which Swift cannot call. Secure memory is for secrets, and
   there are none here. */
static inline int wellspring_gcrypt_begin(void) {
  if (gcry_check_version(GCRYPT_VERSION) == NULL) return -1;
  gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
  gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
  return 0;
}
