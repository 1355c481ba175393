export { developmentClient, developmentGrant } from './grants.js';
export { NotForProduction, openIssuer, type DevelopmentIssuer, type IssuerOptions } from './issuer.js';
export { developmentAgents, type DevelopmentPerson, type PeopleSource } from './people.js';
