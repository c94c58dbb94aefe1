using Tradewind.App;
using Tradewind.App.Terminal;

return Application.Run(args, Surroundings.OfProcess());
