using Tradewind.Benchmarks;

string folder = args.Length > 0 ? args[0] : ".";
WholeEngine.Run(folder);
