/**
 * A certificate for localhost that is its own authority, and its key: for tests alone, worth
 * nothing to anybody.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBcTCCARegAwIBAgIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5zYWxseXBv
cnQgdGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGTEXMBUG
A1UEAwwOc2FsbHlwb3J0IHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR3
NX5nbTOTlvmbl7j89BpfeszJSLjzxQmJOhrVy2Qz6NFc4DQ3vjiqV5tDdpIReR7o
RppK9Ks92wNxcb8+D1Zao04wTDAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGC
CWxvY2FsaG9zdIcEfwAAATAdBgNVHQ4EFgQUFLkI5NiTkOrVDyCwfYu+RSehdpAw
CgYIKoZIzj0EAwIDSAAwRQIhAPW09DgcU/sNVShxqvTj2r7xESDJ5sTpwLnzaYvz
3t8aAiBHbDMVxmzq4zc3ML7nj3M+9ynl9vArol8kpS1ZkBFNpQ==
-----END CERTIFICATE-----
`

export const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1jBQtDg9LJEy472Z
lOxT0YRUr4jGJRM8RdULPr5HRxihRANCAAR3NX5nbTOTlvmbl7j89BpfeszJSLjz
xQmJOhrVy2Qz6NFc4DQ3vjiqV5tDdpIReR7oRppK9Ks92wNxcb8+D1Za
-----END PRIVATE KEY-----
`
