import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ValueOf } from '@isu/chassis';
import { Nir } from '@isu/values';
import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { Request, Response } from 'express';
import type { Accepted, OneTimeLink, SessionState } from '../face/session.js';
import { passwordRules } from '../passwords/password.js';
import { clientAddress } from '../sessions/client-address.js';
import { OpenTo } from '../sessions/doors.js';
import { SessionStates } from '../sessions/session-states.js';
import { PortalSettings } from '../settings.js';
import { Openings } from './openings.js';
import { Passwords, type Caller } from './passwords.js';

class AccountOpeningRequest {
  /** Spaces are accepted. */
  @ValueOf(Nir) nir!: Nir;
  @MaxLength(254) @IsEmail() email!: string;
}

class PasswordResetRequest {
  @MaxLength(254) @IsEmail() email!: string;
}

class OneTimeTokenRequest {
  /** Of a link, or the code of a letter. */
  @IsString() @Length(8, 100) token!: string;
}

class PasswordRequest extends OneTimeTokenRequest {
  @IsString() @Length(1, 1_024) password!: string;
  /** With the code of a letter only. */
  @IsOptional() @MaxLength(254) @IsEmail() email?: string;
}

class SignInRequest {
  @IsString() @Length(1, 254) email!: string;
  @IsString() @Length(1, 1_024) password!: string;
}

const opened: Accepted = {
  says: 'Si ce numéro est celui d’une personne affiliée, un lien part à l’adresse électronique que sa caisse connaît, ou un code par la poste si elle en connaît une autre.',
};
const reset: Accepted = {
  says: 'Si cette adresse est l’identifiant d’un compte, un lien vient de lui être envoyé. Il sert une fois, pendant 30 minutes.',
};

/** How insured people come in. Nothing here tells whether a person, an e-mail or an account is known: not by words, not by time. */
@Controller()
export class SignInController {
  constructor(
    @Inject(Openings) private readonly openings: Openings,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SessionStates) private readonly states: SessionStates,
    @Inject(PortalSettings) private readonly settings: PortalSettings,
  ) {}

  /** Asks for an account with NIR and e-mail (F1). */
  @Post('account-openings')
  @HttpCode(202)
  @OpenTo('anyone')
  async open(@Req() request: Request, @Body() { nir, email }: AccountOpeningRequest): Promise<Accepted> {
    await this.openings.askOpening({ nir: nir.toString(), email }, this.addressOf(request));
    return opened;
  }

  /** Asks for a link to choose another password (F2). */
  @Post('password-resets')
  @HttpCode(202)
  @OpenTo('anyone')
  async reset(@Req() request: Request, @Body() { email }: PasswordResetRequest): Promise<Accepted> {
    await this.openings.askNewPassword(email, this.addressOf(request));
    return reset;
  }

  /** Whether a link or a code is still good, without using it up: a mail program that follows links spoils nothing. */
  @Post('one-time-links/check')
  @HttpCode(200)
  @OpenTo('anyone')
  async check(@Req() request: Request, @Body() { token }: OneTimeTokenRequest): Promise<OneTimeLink> {
    const { kind, endsAt } = await this.passwords.check(token, this.addressOf(request));
    return { kind, endsAt: endsAt.toISOString(), passwordRules };
  }

  /** Chooses the password, and comes in with it. */
  @Post('passwords')
  @OpenTo('anyone')
  async choose(@Req() request: Request, @Body() chosen: PasswordRequest): Promise<SessionState> {
    return this.states.of(await this.passwords.choose(chosen, this.callerOf(request)), request);
  }

  @Post('sessions')
  @OpenTo('anyone')
  async signIn(@Req() request: Request, @Body() signIn: SignInRequest): Promise<SessionState> {
    return this.states.of(await this.passwords.signIn(signIn, this.callerOf(request)), request);
  }

  private callerOf(request: Request): Caller {
    return { request, response: request.res as Response, address: this.addressOf(request) };
  }

  private addressOf(request: Request): string {
    return clientAddress(request, this.settings.proxies);
  }
}
