// The identity provider of the tests: a real one, with its own pages to sign in and to consent, on a free port of the
// loopback address. Any password is right; who signs in is told by the name. It ends with its standard input.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const people = {
  amelie: { email: 'amelie.tremblay@example.ca', email_verified: true, given_name: 'Amélie', family_name: 'Tremblay' },
  mallory: { email: 'amelie.tremblay@example.ca', email_verified: false, given_name: 'Amélie', family_name: 'Tremblay' },
}

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'my-account', application_type: 'native', token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code'], response_types: ['code'],
    }],
    cookies: { keys: ['of the tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
    pkce: { required: () => true },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  })
  server.on('request', provider.callback())
  console.log(`Provider ${issuer}`)
})
process.stdin.resume().on('end', () => process.exit(0))
