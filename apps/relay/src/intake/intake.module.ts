import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module';
import { HttpServerModule } from '../http/http-server.module';
import { IntakeService } from './intake.service';
import { PixelController } from './pixel.controller';
import { SdkSettingsController } from './sdk-settings.controller';
import { TrackingController } from './tracking.controller';
import { WebhookController } from './webhook.controller';

@Module({
  imports: [DeliveryModule, HttpServerModule],
  controllers: [TrackingController, PixelController, WebhookController, SdkSettingsController],
  providers: [IntakeService],
})
export class IntakeModule {}
