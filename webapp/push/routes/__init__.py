from webapp.push.routes import channels, inbox, subscriptions, wishes

blueprints = [inbox.bp, subscriptions.bp, wishes.bp, channels.bp]
