from webapp.urgent.routes import complaints, market_reports

blueprints = [complaints.bp, market_reports.bp]
