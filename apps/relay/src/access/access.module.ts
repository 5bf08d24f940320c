import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module';
import { HttpServerModule } from '../http/http-server.module';
import { LoginCode } from './login-code';
import { SessionController } from './session.controller';
import { Sessions } from './sessions';

@Module({
  imports: [DeliveryModule, HttpServerModule],
  controllers: [SessionController],
  providers: [Sessions, LoginCode],
  exports: [Sessions],
})
export class AccessModule {}
